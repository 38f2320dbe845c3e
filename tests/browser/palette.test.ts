/**
 * The search and the keys, by keyboard alone: nothing is loaded before it is asked for, an entry is found and opened, sequences go places,
 * chapters are turned, and whoever types in a field has their letters. No machine is started.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBrowser, visit } from '../support/browser.ts'
import { barContrast, leastContrast } from '../support/focus.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'

let ringside: TestRingside
let browser: Browser
let page: Page
const asked: string[] = []

beforeAll(async () => {
  ringside = await startRingside()
  browser = await startBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(20_000)
  page = await context.newPage()
  page.on('request', (request) => asked.push(request.url()))
  await visit(page, ringside.signInAddress)
}, 1_200_000)

afterAll(async () => {
  await browser?.close()
  await ringside?.[Symbol.asyncDispose]()
})

const field = () => page.getByRole('combobox', { name: 'Search chapters, labs, commands, counters, terms' })
const chosen = () => page.locator('[role=option][aria-selected=true]')
const chapter = (slug: string) => visit(page, `${ringside.address}/chapters/${slug}`)

/** Another page of the same browser, with a chapter: scripts that it asks for from now on wait. */
async function chapterWhoseScripts(wait: () => Promise<void>): Promise<Page> {
  const slow = await page.context().newPage()
  await visit(slow, `${ringside.address}/chapters/nic`)
  await slow.route(
    (url) => url.pathname.endsWith('.js'),
    async (route) => {
      await wait()
      await route.continue()
    },
  )
  return slow
}

test('the index is asked for with the first search, and only once', async () => {
  await chapter('nic')
  expect(asked.filter((url) => url.endsWith('/api/search'))).toEqual([])
  await page.keyboard.press('Control+k')
  await field().waitFor()
  await page.getByText(/^\d+ entries$/).waitFor({ state: 'attached' })
  await page.keyboard.press('Escape')
  await field().waitFor({ state: 'detached' })
  await page.keyboard.press('/')
  await field().waitFor()
  expect(asked.filter((url) => url.endsWith('/api/search'))).toHaveLength(1)
})

test('the chosen entry is seen to be it, in both themes', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await barContrast(chosen())).toBeGreaterThanOrEqual(leastContrast)
  }
  await page.emulateMedia({ colorScheme: null })
})

test('a counter is found by half its name and opened with Enter, where the course speaks of it', async () => {
  await page.keyboard.type('listenoverfl')
  await page.locator('[role=option]', { hasText: 'TcpExtListenOverflows' }).first().waitFor()
  expect(await field().getAttribute('aria-activedescendant')).toBe(await chosen().getAttribute('id'))
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  const title = await chosen().locator('.palette-title > :first-child').textContent()
  expect(title).toMatch(/ListenOverflows/)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/chapters\/[a-z0-9-]+#/)
  await field().waitFor({ state: 'detached' })
})

test('what is typed before the search is there stands in its field, and moves no page', async () => {
  const slow = await chapterWhoseScripts(() => new Promise((resolve) => setTimeout(resolve, 500)))
  await slow.keyboard.press('Control+k')
  await slow.keyboard.type('gl somaxx')
  await slow.keyboard.press('Backspace')
  const typed = slow.getByRole('combobox')
  await expect.poll(() => typed.inputValue()).toBe('gl somax')
  await slow.keyboard.type('conn')
  expect(await typed.inputValue()).toBe('gl somaxconn')
  expect(slow.url()).toBe(`${ringside.address}/chapters/nic`)
  await slow.close()
})

test('Escape drops a search that is on its way, and the page has its keys again', async () => {
  let come = () => {}
  const arrival = new Promise<void>((resolve) => {
    come = resolve
  })
  const slow = await chapterWhoseScripts(() => arrival)
  await slow.keyboard.press('Control+k')
  await slow.keyboard.type('ab')
  await slow.keyboard.press('Escape')
  const palette = slow.waitForResponse((response) => response.url().endsWith('.js'))
  come()
  await palette
  await slow.keyboard.press('?')
  await slow.getByRole('dialog', { name: 'Keys' }).waitFor()
  expect(await slow.getByRole('combobox').count()).toBe(0)
  await slow.close()
})

test('what fits nothing is said', async () => {
  await page.keyboard.press('Control+k')
  await field().fill('qqqqxyzzy')
  await page.getByText('Nothing in the course fits “qqqqxyzzy”.').waitFor()
  await page.keyboard.press('Escape')
})

test('the certificate and the account are found by their names', async () => {
  await page.keyboard.press('Control+k')
  for (const [name, path] of [
    ['certificate', '/certificate'],
    ['your account', '/account'],
  ] as const) {
    await field().fill(name)
    await page.locator('[role=option][aria-selected=true]', { hasText: new RegExp(name, 'i') }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${path}`)
    await page.keyboard.press('Control+k')
  }
  await field().waitFor()
  await page.keyboard.press('Escape')
  await field().waitFor({ state: 'detached' })
})

test('g and a letter go places, j and k turn the chapters', async () => {
  await chapter('nic')
  await page.keyboard.press('j')
  await page.waitForURL('**/chapters/rss')
  await page.keyboard.press('k')
  await page.waitForURL('**/chapters/nic')
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await page.waitForURL('**/labs')
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await page.waitForURL('**/course')
})

test('the sheet lists the keys, and its switch leaves only those with Ctrl', async () => {
  await page.keyboard.press('?')
  const single = page.getByRole('checkbox', { name: 'Keys without Ctrl' })
  // A terminal keeps its keys; here one reads them.
  await page.getByRole('dialog').getByText('Ctrl Shift Enter').waitFor()
  await single.uncheck()
  await page.keyboard.press('Escape')
  await single.waitFor({ state: 'detached' })
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await page.waitForTimeout(500)
  expect(page.url()).toMatch(/\/course$/)
  await page.keyboard.press('Control+k')
  await page.getByRole('button', { name: 'All keys' }).click()
  await single.check()
  await page.keyboard.press('Escape')
  await single.waitFor({ state: 'detached' })
})

test('letters typed into a field are letters', async () => {
  await page.evaluate(() => {
    const typed = document.createElement('textarea')
    document.querySelector('main')?.append(typed)
    typed.focus()
  })
  await page.keyboard.type('gl/?jk')
  await page.keyboard.press('Control+k')
  expect(await page.locator('main textarea').inputValue()).toContain('gl/?jk')
  expect(await field().count()).toBe(0)
  expect(page.url()).toMatch(/\/course$/)
})

test('an index that does not come is said, and asked for again', async () => {
  await page.route('**/api/search', (route) => route.abort())
  await visit(page, `${ringside.address}/labs`)
  await page.keyboard.press('Control+k')
  await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor()
  await page.unroute('**/api/search')
  await page.getByRole('button', { name: 'Try again' }).click()
  await field().fill('somaxconn')
  await page.locator('[role=option]', { hasText: 'somaxconn' }).first().waitFor()
})
