/**
 * The pocket with and without a machine: lines are copied, lines are run by a click in this tab's terminal or another's, nothing runs by itself,
 * and the terminal keeps the keys that mean something to a page.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { screen, shows, startBrowser, takePicture, visit } from '../support/browser.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'

let ringside: TestRingside
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  ringside = await startRingside()
  browser = await startBrowser()
  context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  context.setDefaultTimeout(30_000)
  page = await context.newPage()
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto(ringside.signInAddress)
}, 1_200_000)

afterAll(async () => {
  await browser?.close()
  await ringside?.[Symbol.asyncDispose]()
})

const run = (on: Page, line: string) =>
  on.getByRole('button', { name: `Run on my machine: ${line}`, exact: true })

test('without a machine every line can be copied, none can be run', async () => {
  await visit(page, `${ringside.address}/pocket`)
  await page.getByText('No machine of yours is running.').waitFor()
  expect(await page.getByRole('button', { name: /^Run on my machine/ }).count()).toBe(0)
  await page.getByRole('button', { name: 'Copy: ss -lntp', exact: true }).click()
  const said = page.getByRole('status').filter({ hasText: /\S/ })
  await expect.poll(() => said.allTextContents()).toEqual(['Copied'])
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('ss -lntp')
  // It is over without a word: the label is back, and nothing says so aloud.
  await expect.poll(() => said.count()).toBe(0)
  expect(await page.locator('button[aria-label^="Copy: "] [aria-live]').count()).toBe(0)
  await page.goto(`${ringside.address}/chapters/nic`)
  expect(await run(page, 'ethtool -g eth0').count()).toBe(0)
})

test('a block of a chapter is copied as it was typed, also over plain http, where browsers have no clipboard for scripts', async () => {
  const plain = await context.newPage()
  await plain.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined }),
  )
  await visit(plain, `${ringside.address}/chapters/nic`)
  const block = plain
    .locator('figure.code')
    .filter({ has: plain.locator('pre[data-language=console]') })
    .first()
  const first = /^[#$] (.+)$/m.exec((await block.locator('pre').textContent()) ?? '')?.[1] ?? ''
  await block.locator('.copy-code').click()
  await block.getByText('Copied').first().waitFor()
  await plain.close()
  expect(first).not.toBe('')
  await page.bringToFront()
  expect((await page.evaluate(() => navigator.clipboard.readText())).startsWith(first)).toBe(true)
})

test('the button that copies a block covers no line of it that is scrolled to its end', async () => {
  await page.setViewportSize({ width: 700, height: 900 })
  await visit(page, `${ringside.address}/chapters/accept-queue`)
  const overlaps = await page.evaluate(() =>
    [...document.querySelectorAll('figure.code')].flatMap((block) => {
      const pre = block.querySelector('pre')
      const last = block.querySelector('[data-line]:last-child')
      const button = block.querySelector('.copy-code')
      if (!pre || !last || !button) return ['a block without lines or button']
      pre.scrollLeft = pre.scrollWidth
      const text = document.createRange()
      text.selectNodeContents(last)
      const end = Math.max(...[...text.getClientRects()].map(({ right }) => right))
      return end > button.getBoundingClientRect().left ? [last.textContent ?? ''] : []
    }),
  )
  expect(overlaps).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('with one, a click leads to its terminal and runs the line there, once', {
  timeout: 240_000,
}, async () => {
  await visit(page, `${ringside.address}/pocket`)
  await page.getByRole('link', { name: 'Start the playground' }).click()
  await shows(page, /# ?$/, 120_000)
  await visit(page, `${ringside.address}/pocket`)
  await run(page, 'ss -lntp').click()
  await page.waitForURL('**/playground')
  await shows(page, /users:\(\("puma"/)
  await page.reload()
  await shows(page, /users:\(\("puma"/)
  await page.waitForTimeout(2_000)
  expect((await screen(page)).match(/ss -lntp/g)).toHaveLength(1)
})

test('where the terminal is open in another tab it is run there, over what was typed by half', async () => {
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.type('echo half')
  const reader = await context.newPage()
  await visit(reader, `${ringside.address}/pocket`)
  await run(reader, 'ss -s').click()
  await reader.getByText('Typed into the terminal of your other tab.').waitFor()
  expect(reader.url()).toMatch(/\/pocket$/)
  await shows(page, /^Total: \d+/m)
  expect(await screen(page)).not.toMatch(/^half/m)
  await reader.close()
})

test('an editor in that terminal gets no line: its letters would be commands', async () => {
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.type('vim -n /tmp/notes\n')
  await shows(page, /^~ *$/m)
  const reader = await context.newPage()
  await visit(reader, `${ringside.address}/pocket`)
  await run(reader, 'ss -s').click()
  await reader.getByText('Nothing was typed: a program has the whole screen').waitFor()
  expect(reader.url()).toMatch(/\/pocket$/)
  await reader.close()
  await page.keyboard.type(':q\n')
  await shows(page, /# ?$/)
})

test('a block of a chapter that is marked for it is run the same way', async () => {
  const reader = await context.newPage()
  await visit(reader, `${ringside.address}/chapters/nic`)
  expect(await screen(page)).not.toMatch(/Ring parameters for eth0/)
  await run(reader, 'ethtool -g eth0').click()
  await shows(page, /^Ring parameters for eth0/m)
  await run(reader, 'ethtool -g eth0').scrollIntoViewIfNeeded()
  await takePicture(reader, 'run-block')
  await reader.close()
})

test('in the terminal the keys of the page are letters and the shell’s own', async () => {
  await page.bringToFront()
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.type("echo 'gl/?jk[]'")
  await page.keyboard.press('Enter')
  await shows(page, /^gl\/\?jk\[\]$/m)
  await page.keyboard.press('Control+k')
  await page.waitForTimeout(500)
  expect(await page.getByRole('combobox').count()).toBe(0)
  expect(page.url()).toMatch(/\/playground$/)
})

test('g t leads into the terminal, Ctrl-Shift-F6 out of it and back', async () => {
  const inTerminal = () => page.evaluate(() => document.activeElement?.closest('.xterm') !== null)
  await page.keyboard.press('Control+Shift+F6')
  expect(await inTerminal()).toBe(false)
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  expect(await inTerminal()).toBe(true)
  await page.keyboard.press('Control+Shift+F6')
  expect(await inTerminal()).toBe(false)
})
