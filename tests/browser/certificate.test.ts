/**
 * A certificate as it is earned, shown and believed: nothing stands there while a piece is missing; then a link that opens for whoever has it, signed in
 * or not; a link in which anything was changed opens nothing; on paper it is one sheet. The course is read and its labs are passed by the classroom's
 * own deeds, in this Ringside's database, before a sandbox service that plays recorded verdicts. No machine is started.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueCertificate, verifyCertificate } from '../../classroom/certificate.ts'
import { type Classroom, createClassroom, type Person } from '../../classroom/index.ts'
import { recordedCheck } from '../../classroom/testing/recorded.ts'
import { type TestDatabase, testDatabase } from '../../classroom/testing/server.ts'
import { secret, testService } from '../../classroom/testing/service.ts'
import { readChapterFiles } from '../../content/files.ts'
import { readLabs } from '../../labs/catalog.ts'
import type { LabMeta } from '../../labs/schema.ts'
import { axeSays } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'

let database: TestDatabase
let service: Awaited<ReturnType<typeof testService>>
let ringside: TestRingside
let secrets: { service: string; signin: string }
let classroom: Classroom
let browser: Browser
let page: Page
let owner: Person
let chapters: string[]
let labs: LabMeta[]
/** The certificate's own address. */
let link = ''

beforeAll(async () => {
  database = await testDatabase()
  service = await testService()
  ringside = await startRingside({ env: { DATABASE_URL: database.url } })
  secrets = JSON.parse(await readFile(join(ringside.home, 'secrets.json'), 'utf8'))
  chapters = (await readChapterFiles('content/chapters')).map(({ slug }) => slug)
  labs = (await readLabs()).labs.map(({ lab }) => lab.meta)
  classroom = createClassroom({
    databaseUrl: database.url,
    sandboxes: service.sandboxes,
    secret,
    ownerToken: secrets.signin,
    labs,
  })
  browser = await startBrowser()
  page = await stranger()
  await page.goto(ringside.signInAddress)
  const signedIn = await classroom.signIn(secrets.signin)
  if (!signedIn) throw new Error('the owner cannot sign in')
  owner = signedIn.person
}, 1_200_000)

afterAll(async () => {
  await browser?.close()
  await classroom?.close()
  await ringside?.[Symbol.asyncDispose]()
  await service?.[Symbol.asyncDispose]()
  await database?.[Symbol.asyncDispose]()
})

/** A browser with nothing in it. */
async function stranger(colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(20_000)
  return context.newPage()
}

async function pass({ id }: LabMeta): Promise<void> {
  const attempt = await classroom.startLab(owner, id)
  const recorded = recordedCheck('pass', attempt.seed)
  service.faults.verdict = { ...recorded, verdict: { ...recorded.verdict, lab: id } }
  await classroom.check(owner, attempt.id, null)
  await classroom.finish(owner, attempt.id)
}

const certificatePage = () => page.goto(`${ringside.address}/certificate`)
const certificateLink = () => page.getByRole('link', { name: 'Open it as others see it' })

test('whoever has only begun sees what is missing, and no link', async () => {
  await certificatePage()
  await page.getByText(`0 of ${chapters.length} chapters read, 0 of ${labs.length} labs passed.`).waitFor()
  expect(await certificateLink().count()).toBe(0)
})

test('one lab short is short', async () => {
  for (const chapter of chapters) await classroom.markRead(owner, chapter)
  for (const lab of labs.slice(1)) await pass(lab)
  await certificatePage()
  await page
    .getByText(
      `${chapters.length} of ${chapters.length} chapters read, ${labs.length - 1} of ${labs.length} labs passed.`,
    )
    .waitFor()
  expect(await certificateLink().count()).toBe(0)
})

test('with the last one the certificate stands there: the name, the day, every lab, its link', async () => {
  const today = () =>
    new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date())
  const begun = today()
  if (labs[0]) await pass(labs[0])
  await certificatePage()
  await page.getByRole('heading', { level: 2, name: owner.name, exact: true }).waitFor()
  // It may have become midnight meanwhile.
  expect([begun, today()]).toContain(await page.locator('.certificate time').textContent())
  for (const { title } of labs)
    expect(await page.locator('.certificate').getByText(title, { exact: true }).count()).toBe(1)
  link = (await page.locator('.certificate-address').textContent()) ?? ''
  expect(link).toMatch(new RegExp(`^${ringside.address}/certificate/[\\w-]+\\.[\\w-]{43}$`))
})

test('it is the same link each time, reached by keyboard', async () => {
  await certificatePage()
  expect(await page.locator('.certificate-address').textContent()).toBe(link)
  for (let stops = 0; stops < 60; stops++) {
    await page.keyboard.press('Tab')
    if (await certificateLink().evaluate((one) => one === document.activeElement)) break
  }
  await page.keyboard.press('Enter')
  await page.waitForURL(link)
  await page.getByText('Verified.', { exact: true }).waitFor()
})

test.each(['light', 'dark'] as const)(
  'somebody who is signed out verifies it by its link, %s',
  async (theme) => {
    const other = await stranger(theme)
    await other.goto(link)
    await other.getByText('Verified.', { exact: true }).waitFor()
    await other.getByRole('heading', { level: 2, name: owner.name, exact: true }).waitFor()
    expect(await other.locator('meta[name=robots]').getAttribute('content')).toContain('noindex')
    expect(await axeSays(other)).toEqual([])
    // It opens itself and nothing else of this house.
    await other.goto(`${ringside.address}/certificate`)
    expect(await other.getByText(owner.name, { exact: true }).count()).toBe(0)
    await other.context().close()
  },
)

test('a link in which anything was changed, or that another house signed, is refused', async () => {
  const token = link.split('/').at(-1) ?? ''
  const [told = '', signed = ''] = token.split('.')
  const certificate = verifyCertificate(token, secrets.service)
  if (!certificate) throw new Error('its own secret does not know it')
  const forged = Buffer.from(JSON.stringify({ ...certificate, name: 'Somebody Else' })).toString('base64url')
  const made = [
    `${forged}.${signed}`,
    issueCertificate(certificate, 'the secret of another house, as long as it must be'),
    `${told}.${signed.slice(0, -1)}`,
    told,
    'e30.e30',
    encodeURIComponent('../../etc/passwd'),
    'x'.repeat(9_000),
  ]
  const other = await stranger()
  for (const one of made) {
    await other.goto(`${ringside.address}/certificate/${one}`)
    await other.getByRole('heading', { name: 'This is no certificate of this Ringside' }).waitFor()
    expect(await other.locator('.certificate').count(), one.slice(0, 40)).toBe(0)
  }
  await other.context().close()
})

test('on paper it is one light sheet with its link, and nothing to press', async () => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await certificatePage()
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light')
  expect(await page.getByRole('banner').isVisible()).toBe(false)
  expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0)
  expect(await certificateLink().isVisible()).toBe(false)
  expect(await page.locator('.certificate-address').isVisible()).toBe(true)
  const sheet = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  if (process.env.RINGSIDE_PICTURES)
    await writeFile(`${process.env.RINGSIDE_PICTURES}/certificate.pdf`, sheet)
  const pdf = sheet.toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1)
  await page.emulateMedia({ media: null, colorScheme: null })
})

test('a chapter that is taken back takes the certificate from the page, and not from those who have its link', async () => {
  await classroom.markUnread(owner, chapters[0] ?? '')
  await certificatePage()
  expect(await certificateLink().count()).toBe(0)
  const other = await stranger()
  await other.goto(link)
  await other.getByText('Verified.', { exact: true }).waitFor()
  await other.context().close()
})
