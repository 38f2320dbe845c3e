/**
 * The course by keyboard alone, before a real machine: home, a chapter, a term, a recall question, the lab, its terminal, out of it and back. Nothing is
 * pressed but keys, no script moves the focus, and whatever has it looks otherwise than without.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answers, shows, startBrowser } from '../support/browser.ts'
import { focused, isIn, tabTo } from '../support/focus.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'

let ringside: TestRingside
let browser: Browser
let page: Page

beforeAll(async () => {
  ringside = await startRingside()
  browser = await startBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(20_000)
  page = await context.newPage()
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto(ringside.signInAddress)
  await page.goto(`${ringside.address}/`, { waitUntil: 'networkidle' })
  await answers(page)
}, 1_200_000)

afterAll(async () => {
  await browser?.close()
  await ringside?.[Symbol.asyncDispose]()
})

test('the first stop of a page leads past its header', async () => {
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('Skip to the content')
  await page.keyboard.press('Enter')
  await tabTo(page, /^(Begin|Continue): /)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/chapters/the-other-95-percent')
})

test('the next chapter is one key away', async () => {
  await page.waitForLoadState('networkidle')
  await page.keyboard.press('j')
  await page.waitForURL('**/chapters/nic')
})

test('a term explains itself in the sentence', async () => {
  await page.waitForLoadState('networkidle')
  await tabTo(page, /^receive ring$/)
  await page.keyboard.press('Enter')
  await page.getByText('used in a circle', { exact: false }).first().waitFor()
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-expanded'))).toBe('true')
  await page.keyboard.press('Enter')
})

test('a recall question opens, and takes an answer', async () => {
  const ask = (await page.locator('.question summary').first().textContent()) ?? ''
  await tabTo(page, new RegExp(`^${ask.trim().replaceAll(/[^\w ]/g, '.')}$`), 250)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'I knew it' }).first().waitFor()
  await tabTo(page, /^I knew it$/, 20)
  await page.keyboard.press('Enter')
  await page.getByText('Asked again tomorrow.').first().waitFor()
})

test('the search finds the lab, and Enter opens it', async () => {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('the shop that hangs in waves')
  await page
    .getByRole('option', { name: /The shop that hangs in waves/ })
    .first()
    .waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/labs/accept-queue**')
})

test('the lab starts, and its terminal takes the keys', async () => {
  await page.waitForLoadState('networkidle')
  // What stands at the left when the machine starts is where the way out of its terminal leads.
  await tabTo(page, /^Ticket$/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await tabTo(page, /^Start lab$/)
  await page.keyboard.press('Enter')
  await shows(page, /root@server.*#$/, 240_000)
  // The button is gone, so the terminal has taken the keys by itself. Out of it, `g t` leads back in.
  expect(await isIn(page, '.terminal-stage')).toBe(true)
  await page.keyboard.press('Control+Shift+F6')
  expect(await focused(page)).toBe('Diagnosis')
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await page.keyboard.type('echo typed-$((40+2))\n')
  await shows(page, /^typed-42$/m)
})

test('Tab is the shell’s; Ctrl Shift F6 leads out of it, and back', async () => {
  await page.keyboard.press('Tab')
  expect(await isIn(page, '.terminal-stage')).toBe(true)
  await page.keyboard.press('Control+Shift+F6')
  expect(await isIn(page, '.terminal-stage')).toBe(false)
  await page.keyboard.press('Control+Shift+F6')
  await page.keyboard.press('Control+u')
  await page.keyboard.type('echo back-$((1+1))\n')
  await shows(page, /^back-2$/m)
})

test('a check is asked for by keyboard, and leads to its protocol, which is said', async () => {
  await page.keyboard.press('Control+Shift+F6')
  await tabTo(page, /^Check without a diagnosis$/)
  await page.keyboard.press('Enter')
  await page.locator('#pane-verdict .criterion').first().waitFor({ timeout: 120_000 })
  await expect.poll(() => isIn(page, '#pane-verdict')).toBe(true)
  await page
    .getByRole('status')
    .filter({ hasText: /^Protocol 1: .+ of 100 points\.$/ })
    .waitFor({ state: 'attached' })
  await page.keyboard.press('Control+Shift+F6')
})

test('where one part is seen at a time, the terminal comes into view with the keys', async () => {
  await page.setViewportSize({ width: 640, height: 800 })
  const part = (name: string) => page.getByRole('tab', { name, selected: true })
  for (const [way, word] of [
    [['g', 't'], 'letters'],
    [['Control+Shift+F6'], 'chord'],
  ] as const) {
    await part('Terminal').waitFor()
    await page.keyboard.press('Control+Shift+F6')
    expect(await focused(page)).toBe('Terminal')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    await part('Ticket').waitFor()
    expect(await page.locator('.terminal-stage').isVisible()).toBe(false)
    for (const key of way) await page.keyboard.press(key)
    await page.keyboard.type(`echo ${word}-$((1+2))\n`)
    await shows(page, new RegExp(`^${word}-3$`, 'm'))
  }
  await page.setViewportSize({ width: 1280, height: 800 })
})

test('one key leaves the terminal alone, also after a reload, and brings the rest back', async () => {
  const others = ['header', '.bench-side', '.bench-world', '.splitter-x'].map((one) =>
    page.locator(one).first(),
  )
  const seen = async () => (await Promise.all(others.map((one) => one.isVisible()))).filter(Boolean).length
  expect(await seen()).toBe(others.length)
  await page.keyboard.press('Control+Shift+F7')
  await expect.poll(seen).toBe(0)
  expect(await isIn(page, '.terminal-stage')).toBe(true)
  // Escape stays the shell's: it begins a command there, and ends nothing here.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+u')
  await page.keyboard.type('echo alone-$((1+1))\n')
  await shows(page, /^alone-2$/m)
  await page.reload()
  await answers(page)
  await shows(page, /^alone-2$/m)
  expect(await seen()).toBe(0)
  await page.keyboard.press('Control+Shift+F7')
  await expect.poll(seen).toBe(others.length)
  // A part that is asked for comes, too.
  await page.keyboard.press('Control+Shift+F7')
  await expect.poll(seen).toBe(0)
  await page.keyboard.press('Control+Shift+F6')
  await page.keyboard.press('Enter')
  await expect.poll(seen).toBe(others.length)
  await page.keyboard.press('Control+Shift+F6')
})

test('and home again: nothing held on to the keys', async () => {
  await page.keyboard.press('Control+Shift+F6')
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await page.waitForURL(`${ringside.address}/`)
})
