/**
 * A machine's time and its moments as a learner handles them: the warning, Extend, saving, going back with and without what was done since, the start,
 * deleting; by mouse and by keyboard. One story, told in order.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { runs, shows, startBrowser, takePicture, visit } from '../support/browser.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'

let ringside: TestRingside
let browser: Browser
let page: Page

beforeAll(async () => {
  // The warning comes in the last fifteen minutes.
  ringside = await startRingside({
    env: {
      RINGSIDE_LIFETIME_MINUTES: '14',
      RINGSIDE_EXTEND_MINUTES: '14',
      RINGSIDE_LONGEST_MINUTES: '240',
    },
  })
  browser = await startBrowser()
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(30_000)
  await visit(page, ringside.signInAddress)
}, 1_200_000)

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await takePicture(page, `failed: ${task.name}`)
})

afterAll(async () => {
  await browser?.close()
  await ringside?.[Symbol.asyncDispose]()
})

const status = () => page.getByRole('region', { name: 'Status of the machine' })
const menu = () => page.getByRole('dialog', { name: 'Moments of this machine' })
const trigger = () => page.getByRole('button', { name: 'Moments', exact: true })
const question = () => page.getByRole('alertdialog')
const names = () => menu().locator('.moments-list li span.truncate').allTextContents()
const backTo = (name: RegExp) =>
  menu().getByRole('button', { name: new RegExp(`^Go back to: ${name.source}`) })

async function shell(command: string): Promise<string> {
  await page.locator('.terminal-screen:visible .xterm-screen').first().click()
  return runs(page, command)
}

async function openMenu() {
  await trigger().click()
  await menu().waitFor()
}

/** The menu closes by itself once the machine is there, and says where it is. */
async function arrives(at: RegExp) {
  await page
    .getByRole('status')
    .filter({ hasText: new RegExp(`^The machine is as it was at: ${at.source}`) })
    .first()
    .waitFor({ state: 'attached' })
  await menu().waitFor({ state: 'detached' })
}

test('a machine that ends soon says when, aloud once, and Extend gives it more time', async () => {
  await visit(page, `${ringside.address}/labs/accept-queue`)
  await page.getByRole('button', { name: /Start (lab|again)/ }).click()
  await shows(page, /root@server.*#/, 120_000)
  await status()
    .getByText(/^The machine ends at \d/)
    .waitFor()
  await status()
    .getByRole('status')
    .filter({ hasText: /^Less than 15 minutes left: .* Extend/ })
    .waitFor({ state: 'attached' })
  await takePicture(page, 'time-warning')
  await expect.poll(secondsLeft).toBeLessThan(14 * 60 - 4)
  await status().getByRole('button', { name: 'Extend' }).click()
  await expect.poll(secondsLeft).toBeGreaterThan(14 * 60 - 3)
})

async function secondsLeft(): Promise<number> {
  const text =
    (await status()
      .getByText(/ left$/)
      .textContent()) ?? ''
  const [, minutes, seconds] = /^(\d+):(\d\d) left$/.exec(text) ?? []
  return Number(minutes) * 60 + Number(seconds)
}

test('the start is kept by itself, and a moment is saved by keyboard, under its own name', async () => {
  await openMenu()
  await backTo(/The start, before your work/).waitFor({ timeout: 60_000 })
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Moments of this machine')
  await menu().getByLabel('Name of this moment').fill('clean')
  await page.keyboard.press('Enter')
  await backTo(/clean/).waitFor()
  expect(await names()).toEqual(['The start, before your work', 'clean'])
  await takePicture(page, 'moments')
  await page.keyboard.press('Escape')
  await menu().waitFor({ state: 'detached' })
  expect(await trigger().evaluate((button) => button === document.activeElement)).toBe(true)
})

test('what was done since is asked about: kept by default, or saved on the way back', async () => {
  await shell('COLOUR=red; sysctl -qw net.core.somaxconn=4242')
  await openMenu()
  await backTo(/clean/).click()
  await question().getByText('Go back to “clean”?').waitFor()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Keep working')
  await takePicture(page, 'moments-question')
  await page.keyboard.press('Enter')
  await question().waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  expect(await shell('echo is $COLOUR')).toMatch(/^is red/)

  await openMenu()
  await backTo(/clean/).click()
  await question().getByRole('button', { name: 'Save and go back' }).click()
  await arrives(/clean/)
  expect(await shell('echo is [$COLOUR]; sysctl -n net.core.somaxconn')).not.toMatch(/red|4242/)
})

test('two fixes are compared: back to what was left, and to the start', async () => {
  await openMenu()
  expect((await names()).at(-1)).toMatch(/^Before going back, \d/)
  await backTo(/Before going back/).click()
  await question().getByRole('button', { name: 'Without saving' }).click()
  await arrives(/Before going back/)
  expect(await shell('echo is $COLOUR; sysctl -n net.core.somaxconn')).toMatch(/^is red\s+4242/)

  await openMenu()
  await backTo(/The start/).click()
  await question().getByRole('button', { name: 'Without saving' }).click()
  await arrives(/The start/)
  expect(await shell('echo is [$COLOUR]; sysctl -n net.core.somaxconn')).not.toMatch(/red|4242/)
})

test('a moment is deleted after a question, and the start cannot be', async () => {
  await openMenu()
  expect(
    await menu()
      .getByRole('button', { name: /^Delete the moment: The start/ })
      .count(),
  ).toBe(0)
  await menu().getByRole('button', { name: 'Delete the moment: clean' }).click()
  await question().getByRole('button', { name: 'Delete' }).click()
  await expect.poll(names).not.toContain('clean')
  expect((await names())[0]).toBe('The start, before your work')
})
