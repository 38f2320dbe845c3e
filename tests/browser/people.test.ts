/**
 * A classroom as people meet it: the owner opens a cohort, learners join without a script, come back by their code, a roster is mended and
 * added, what is closed stays closed until it is opened, an account is taken away whole. Every page is asked of axe and fits 320 pixels. No
 * machine is started. With RINGSIDE_PICTURES there are pictures.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { client, startIdentityProvider } from '../../app/_server/testing/identity-provider.ts'
import { axeSays } from '../support/axe.ts'
import { startBrowser, takePicture, visit } from '../support/browser.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'
import { freePort } from '../support/service.ts'

let ringside: TestRingside
let provider: Awaited<ReturnType<typeof startIdentityProvider>>
let browser: Browser
let owner: Page
/** Of the cohort's pages, and the link by which one joins it. */
let cohort = ''
let joinLink = ''
let returnCode = ''

beforeAll(async () => {
  const port = await freePort()
  provider = await startIdentityProvider(`http://127.0.0.1:${port}/signin/oidc`)
  const env = {
    RINGSIDE_OIDC_ISSUER: provider.issuer,
    RINGSIDE_OIDC_CLIENT_ID: client.clientId,
    RINGSIDE_OIDC_CLIENT_SECRET: client.clientSecret,
    RINGSIDE_OIDC_NAME: 'Example',
  }
  ringside = await startRingside({ port, mode: 'classroom', env })
  browser = await startBrowser()
  owner = await device()
  await visit(owner, ringside.signInAddress)
}, 1_200_000)

afterAll(async () => {
  await browser?.close()
  await ringside?.[Symbol.asyncDispose]()
  provider?.stop()
})

async function device(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  context.setDefaultTimeout(20_000)
  return context.newPage()
}

const go = (page: Page, path: string) => page.goto(`${ringside.address}${path}`)
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test('a stranger is asked to sign in, and a wrong password says so and nothing more', async () => {
  const page = await device({ javaScriptEnabled: false })
  await go(page, '/course')
  await page.waitForURL(/\/signin\?to=%2Fcourse$/)
  await page.getByLabel('Login').fill('nobody')
  await page.getByLabel('Password').fill('not a password')
  await press(page, 'Sign in')
  await page.getByRole('alert').getByText('Login and password do not belong together.').waitFor()
  expect(await page.getByLabel('Login').inputValue()).toBe('nobody')
  await page.context().close()
})

test('who follows a link signed out comes to it after signing in, and never to another site', async () => {
  const page = await device({ javaScriptEnabled: false })
  await go(page, '/check?from=mail')
  await page.waitForURL(/\/signin\?to=%2Fcheck%3Ffrom%3Dmail$/)
  expect(await page.getByRole('link', { name: 'I have a return code' }).getAttribute('href')).toBe(
    '/return?to=%2Fcheck%3Ffrom%3Dmail',
  )
  await page.getByLabel('Login').fill('nobody')
  await page.getByLabel('Password').fill('not a password')
  await press(page, 'Sign in')
  await page.getByRole('alert').waitFor()
  expect(new URL(page.url()).searchParams.get('to')).toBe('/check?from=mail')
  for (const to of ['//evil.example', '/%5Cevil.example', 'https://evil.example', '/%09/evil.example']) {
    await go(page, `/signin?to=${to}`)
    expect(await page.content()).not.toContain('evil.example"')
  }
  await page.context().close()
})

test('the owner opens a cohort and makes a code', async () => {
  await go(owner, '/cohorts')
  await owner.getByLabel('Name').fill('Autumn')
  await owner.getByLabel('Time zone').fill('Europe/Berlin')
  await press(owner, 'Open it')
  await owner.getByText('The cohort is open.').waitFor()
  cohort = new URL(owner.url()).pathname.replace('/settings', '')
  await press(owner, 'Make a code')
  joinLink = (await owner.getByText(/\/join\/[0-9A-Z-]{14}$/).textContent()) ?? ''
  expect(joinLink).toContain(ringside.address)
})

test('somebody joins with a name, without a script, and comes back by the code elsewhere', async () => {
  const page = await device({ javaScriptEnabled: false })
  await page.goto(joinLink.toLowerCase())
  await page.getByRole('heading', { name: 'Join Autumn' }).waitFor()
  await page.getByLabel('Your name').fill('Grace Hopper')
  await press(page, 'Join')
  returnCode = (await page.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/).textContent()) ?? ''
  await press(page, 'I have kept it')
  await page.waitForURL(/\/course$/)
  await page.goBack()
  await page.getByText('The code is no longer shown.').waitFor()
  await page.context().close()

  const elsewhere = await device({ javaScriptEnabled: false })
  await go(elsewhere, '/glossary')
  await elsewhere.getByRole('link', { name: 'I have a return code' }).click()
  await elsewhere.getByLabel('Return code').fill(returnCode.toLowerCase().replaceAll('-', ' '))
  await press(elsewhere, 'Come back')
  await elsewhere.waitForURL(`${ringside.address}/glossary`)
  await go(elsewhere, '/account')
  expect(await elsewhere.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe(
    'Grace Hopper',
  )
  await go(elsewhere, cohort)
  await elsewhere.getByText('You are a learner here.').waitFor()
  for (const path of ['/settings', '/roster', '/log', '/release'])
    expect((await go(elsewhere, `${cohort}${path}`))?.status()).toBe(404)
  expect((await go(elsewhere, '/people'))?.status()).toBe(404)
  await elsewhere.context().close()
})

test('a form to join that is sent twice lets one person in, and gives both answers the same code', async () => {
  const page = await device({ javaScriptEnabled: false })
  await page.goto(joinLink)
  const number = await page.locator('input[name=once]').getAttribute('value')
  const action = (await page.locator('form').getAttribute('action')) ?? ''
  const send = () =>
    page.request.post(`${ringside.address}${action}`, {
      headers: { origin: ringside.address },
      form: { once: number ?? '', name: 'Twice' },
      maxRedirects: 0,
    })
  const [first, second] = await Promise.all([send(), send()])
  expect(first.headers().location).toMatch(/^\/welcome\?note=/)
  expect(second.headers().location).toBe(first.headers().location)
  await go(page, second.headers().location ?? '')
  await page.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/).waitFor()
  await page.context().close()
  await go(owner, cohort)
  expect(await owner.getByText('Twice', { exact: true }).count()).toBe(1)
})

test('a roster tells each problem with its line, and mended it is added; a link sets a password', async () => {
  await visit(owner, `${ringside.address}${cohort}/roster`)
  const choose = (text: string) =>
    owner
      .getByLabel('File')
      .setInputFiles({ name: 'roster.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await choose('name;login\nAda Lovelace;ada\n;nobody\nTwin;ADA\n')
  await owner.getByRole('row', { name: /^3 The name is missing/ }).waitFor()
  await owner.getByRole('row', { name: /^4 The login ada stands in line 2, too/ }).waitFor()
  await choose('name;login\nAda Lovelace;ada\n')
  await press(owner, 'Add this person')
  await owner.getByText('1 added.').waitFor()

  await go(owner, cohort)
  await owner.getByText('learner · has not come in yet').waitFor()
  await owner.locator('summary[aria-label="Change Ada Lovelace"]').click()
  await press(owner, 'Make a link that sets a new password')
  const link = (await owner.getByText(/\/invite\/[\w-]{43}$/).textContent()) ?? ''
  const ada = await device({ javaScriptEnabled: false })
  await ada.goto(link)
  await ada.getByLabel('New password').fill('first programmer')
  await press(ada, 'Set the password and go in')
  await ada.waitForURL(/\/course$/)
  await ada.goto(link)
  await ada.getByText('This invitation is not good any more').waitFor()
  await ada.context().close()
})

test('somebody comes in by an identity provider from the link, joins, and is the same person the next time', async () => {
  for (const round of ['first', 'second']) {
    const page = await device()
    await page.goto(joinLink)
    await page.getByRole('link', { name: 'Sign in with Example' }).click()
    await page.getByPlaceholder('Enter any login').fill('charles')
    await page.getByPlaceholder('and password').fill('anything')
    await page.getByRole('button', { name: 'Sign-in' }).click()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('You are signed in as The one called charles.').waitFor()
    if (round === 'first') {
      await press(page, 'Join')
      await page.waitForURL(/\/course$/)
    }
    await go(page, cohort)
    await page.getByText('You are a learner here.').waitFor()
    await page.context().close()
  }
})

test('a callback that this browser has not asked for lets nobody in', async () => {
  const page = await device()
  await go(page, '/signin/oidc?code=guessed&state=guessed')
  await page.getByRole('alert').getByText('The identity provider did not say who you are').waitFor()
  await page.context().close()
})

test('what is closed says so and stays closed, until an instructor opens it', async () => {
  await visit(owner, `${ringside.address}${cohort}/release`)
  await owner.getByLabel(/^By hand/).check()
  await press(owner, 'Save')
  await owner.getByText('Saved.').waitFor()
  const grace = await device()
  await go(grace, '/return')
  await grace.getByLabel('Return code').fill(returnCode)
  await press(grace, 'Come back')
  await grace.waitForURL(`${ringside.address}/`)
  await go(grace, '/chapters/nic')
  await grace.getByRole('heading', { name: 'This chapter is not open yet' }).waitFor()
  const start = await grace.request.post(`${ringside.address}/api/chapters/nic/read`, {
    headers: { origin: ringside.address },
  })
  expect(start.status()).toBe(403)
  await owner.locator('input[value="chapter:nic"] ~ button').click()
  await owner.getByText('open since').waitFor()
  await grace.reload()
  await grace.locator('.prose h2').first().waitFor()
  await grace.context().close()
})

test('the log has a sentence for everything that the owner did', async () => {
  await go(owner, `${cohort}/log`)
  for (const sentence of [
    'opened the cohort “Autumn”',
    'made a new code to join',
    'added 1 person from a roster',
  ])
    await owner.getByText(sentence).waitFor()
})

test('an account is downloaded and deleted by its own person', async () => {
  const page = await device()
  await go(page, '/signin')
  await page.getByLabel('Login').fill('Ada')
  await page.getByLabel('Password').fill('first programmer')
  await press(page, 'Sign in')
  await page.waitForURL(`${ringside.address}/`)
  await visit(page, `${ringside.address}/account`)
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Download')])
  expect(download.suggestedFilename()).toBe('ringside-export.tar')
  await page.getByLabel(/^Type your name, Ada Lovelace/).fill('Ada Lovelace')
  await press(page, 'Delete everything')
  await page.getByRole('heading', { name: 'The account is deleted' }).waitFor()
  await go(page, '/course')
  await page.waitForURL(/\/signin\?to=%2Fcourse$/)
  await page.context().close()
})

test.each(['light', 'dark'] as const)(
  'every page fits 320 pixels, and axe has nothing to say, %s',
  async (theme) => {
    const state = await owner.context().storageState()
    const page = await device({
      colorScheme: theme,
      storageState: state,
      viewport: { width: 320, height: 700 },
    })
    const parts = ['', '/roster', '/release', '/settings', '/log'].map((part) => `${cohort}${part}`)
    const own = ['/cohorts', ...parts, '/people', '/people/log', '/account', '/course']
    for (const path of [...own, '/signin', '/join', '/return', '/join/none', '/invite/none', '/welcome']) {
      await go(page, path)
      expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 320])
      expect([path, await axeSays(page)]).toEqual([path, []])
      await picture(page, `${theme}-320-${path}`)
      if (process.env.RINGSIDE_PICTURES) {
        await page.setViewportSize({ width: 1440, height: 900 })
        await picture(page, `${theme}-1440-${path}`)
        await page.setViewportSize({ width: 320, height: 700 })
      }
    }
    await page.context().close()
  },
)

const picture = (page: Page, name: string) => takePicture(page, name, { fullPage: true })
