/**
 * The live map beside a real machine whose receive ring is too small: hidden while a diagnosis is asked for, then lit at the ring and nowhere
 * else, reached and read without a mouse. Told in order.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageIds } from '../../labs/stages.ts'
import { axeSays } from '../support/axe.ts'
import { shows, startBrowser, takePicture, visit } from '../support/browser.ts'
import { barContrast, leastContrast } from '../support/focus.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'

let ringside: TestRingside
let browser: Browser
let page: Page

beforeAll(async () => {
  ringside = await startRingside()
  browser = await startBrowser()
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  page.setDefaultTimeout(60_000)
  page.on('dialog', (dialog) => void dialog.accept())
  await visit(page, ringside.signInAddress)
}, 1_200_000)

afterAll(async () => {
  await browser?.close()
  await ringside?.[Symbol.asyncDispose]()
})

const picture = (name: string) => takePicture(page, name)

const stages = () => page.locator('.live-stage')
const panel = () => page.locator('.stage-panel')
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-stage') ?? null)
/** Stages that are lit at this moment. */
const lit = () =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.live-stage[data-lit]')].map(({ dataset }) => dataset.stage),
  )
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

test('before a diagnosis there is no map, though the clients suffer, and the page says why', async () => {
  await visit(page, `${ringside.address}/labs/ring-overflow`)
  await page.getByRole('button', { name: /Start (lab|again)/ }).click()
  await shows(page, /root@server.*#/, 120_000)
  await page.getByText('opens when you have handed in a diagnosis').waitFor()
  await page.locator('.bench-world path.lost').first().waitFor({ state: 'attached' })
  expect(await stages().count()).toBe(0)
  await picture('map-hidden')
})

test('after one, right or wrong, it is there with what was counted meanwhile', async () => {
  await page.getByRole('tab', { name: 'Diagnosis' }).click()
  await page.locator('#diagnosis-stage').selectOption('accept-queue')
  await page.locator('#diagnosis-counter').fill('TcpExtListenOverflows')
  await page.keyboard.press('Escape')
  await page.locator('#diagnosis-value').fill('1')
  await page.locator('#diagnosis-limit').fill('1')
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await stages().first().waitFor({ timeout: 90_000 })
  expect(await page.locator('#live-ring .live-lost').textContent()).toMatch(/✕ \d+/)
  expect(await page.getByText('opens when you have handed in a diagnosis').count()).toBe(0)
})

test('each wave lights up the ring and nothing else, and is said aloud', async () => {
  await page.locator('#live-ring[data-lit=now]').waitFor()
  await picture('map-lit')
  const seen = new Set<string | undefined>()
  for (const end = Date.now() + 20_000; Date.now() < end; await page.waitForTimeout(200))
    for (const stage of await lit()) seen.add(stage)
  expect([...seen]).toEqual(['ring'])
  const said = (await page.locator('.live-map [aria-live=polite]').textContent()) ?? ''
  expect(said).toMatch(/^Receive ring: packets are being lost, [\d,]+ in the last 2 minutes\.$/)
})

test('nothing moves by itself', async () => {
  const endless = await page.evaluate(() => {
    const inMap = ({ effect }: Animation) =>
      effect instanceof KeyframeEffect && effect.target?.closest('.bench-world') !== null
    return document.getAnimations().filter((one) => inMap(one) && !(one instanceof CSSTransition)).length
  })
  expect(endless).toBe(0)
})

test('figures that are not of this moment fade, and their words can still be read', async () => {
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('.live-map, .world-plot'))
      one.setAttribute('data-stale', 'asleep')
  })
  // axe measures no text of a drawing: whatever fades there fades by its opacity.
  const opacities = (selector: string) =>
    page.evaluate((wanted) => {
      const seen = new Set<number>()
      for (const one of document.querySelectorAll(wanted)) {
        let opacity = 1
        for (let at: Element | null = one; at; at = at.parentElement)
          opacity *= Number(getComputedStyle(at).opacity)
        seen.add(opacity)
      }
      return [...seen]
    }, selector)
  expect(await opacities('.live-map .live-name, .live-map .live-fill, .world-plot text')).toEqual([1])
  expect(Math.max(...(await opacities('.live-map .glyph, .world-plot path')))).toBeLessThan(1)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await axeSays(page, '.live-map')).toEqual([])
    await picture(`map-stale-${colorScheme}`)
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('.live-map, .world-plot')) one.removeAttribute('data-stale')
  })
})

test('the entry of a menu that the arrows are at is seen to be it', async () => {
  await page.getByRole('button', { name: 'Terminal settings and keys' }).focus()
  await press('Enter')
  const entry = page.locator('.menu-item[data-highlighted]')
  await entry.waitFor()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await barContrast(entry)).toBeGreaterThanOrEqual(leastContrast)
  }
  await page.emulateMedia({ colorScheme: null })
  await press('Escape')
  await entry.waitFor({ state: 'detached' })
})

test('one stop of the Tab key leads to it, arrows along the whole path', async () => {
  await page.getByRole('separator').last().focus()
  await press('Tab', 'Tab')
  expect(await focused()).toBe('wire')
  const walked = [await focused()]
  for (let step = 1; step < stageIds.length; step++) {
    await press('ArrowRight')
    walked.push(await focused())
  }
  expect(walked).toEqual(stageIds)
  await press('ArrowRight', 'Home', 'ArrowRight')
  expect(await focused()).toBe('ring')
  const described = await page.locator('#live-ring-now').textContent()
  expect(described).toMatch(
    /descriptors; how many of them are taken, the card does not say.*lost in the last 2/,
  )
})

test('Enter opens a stage: its counters, plot, commands and chapter; a command is run from there', async () => {
  await press('Enter')
  await panel()
    .getByRole('row', { name: /RxOutOfBuffer [\d,]+/ })
    .waitFor()
  await panel().getByRole('img', { name: 'Receive ring, the last 2 minutes' }).waitFor()
  expect(
    await panel()
      .getByRole('link', { name: /^Chapter 1:/ })
      .getAttribute('href'),
  ).toBe('/chapters/nic')
  await picture('map-stage')
  await panel().getByRole('button', { name: 'Run on my machine: ethtool -g eth0' }).focus()
  await press('Enter')
  await shows(page, /^Ring parameters for eth0/m)
  await panel().getByText('Typed into the terminal of this page.').waitFor()
})

test('Escape closes it and comes back to the stage', async () => {
  await panel()
    .getByRole('button', { name: /^Close/ })
    .focus()
  await press('Escape')
  await panel().waitFor({ state: 'detached' })
  expect(await focused()).toBe('ring')
})

test('the same figures are a table for who wants one', async () => {
  await press('Shift+Tab', 'Enter')
  const table = page.getByRole('region', { name: 'Every stage, as last read' })
  const rows = await table.getByRole('row').allTextContents()
  expect(rows).toHaveLength(stageIds.length + 1)
  const lost = await table.locator('tbody tr td:last-child').allTextContents()
  const losing = lost.flatMap((count, at) => (/[1-9]/.test(count) ? [stageIds[at]] : []))
  expect(losing).toEqual(['ring'])
  await picture('map-table')
  await page.getByRole('button', { name: 'As a map' }).click()
})

test('a question on a screen that is too low for it is scrolled to its buttons', async () => {
  await page.getByRole('button', { name: 'Reset', exact: true }).click()
  const question = page.getByRole('alertdialog')
  await question.waitFor()
  // 1280 by 1024, enlarged to 400 %.
  await page.setViewportSize({ width: 320, height: 256 })
  const buttons = await question.getByRole('button').all()
  expect(buttons).toHaveLength(2)
  for (const button of buttons) {
    await button.scrollIntoViewIfNeeded()
    const { top, bottom } = await button.evaluate((one) => one.getBoundingClientRect())
    expect(top).toBeGreaterThanOrEqual(0)
    expect(bottom).toBeLessThanOrEqual(256)
  }
  await picture('map-question-256')
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'detached' })
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('at 320 px nothing is cut off', async () => {
  await page.setViewportSize({ width: 320, height: 640 })
  await page.getByRole('tab', { name: 'World' }).click()
  await stages().first().waitFor()
  const wider = await page.evaluate(() => {
    const pane = document.querySelector('.bench-world')
    return pane ? pane.scrollWidth - pane.clientWidth : null
  })
  expect(wider).toBe(0)
  await picture('map-320')
})
