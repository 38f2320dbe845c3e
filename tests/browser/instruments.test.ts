/**
 * The instruments inside the chapters, as a reader meets them: they come when one is near and nothing moves on the page for it, every knob and
 * key is the keyboard's, nothing runs while nothing moves, no motion is forced on anybody, and axe has nothing to say, in both themes. No machine
 * is started. With RINGSIDE_PICTURES there are pictures.
 */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeSays } from '../support/axe.ts'
import { answers, startBrowser, takePicture } from '../support/browser.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'

const places = [
  ['nic', 'A ring that fills and overflows'],
  ['softirq', 'A turn and its two bounds'],
  ['syn-queue', 'Half-open, under a flood'],
  ['accept-queue', 'The two queues of a listening socket'],
  ['reuseport', 'The hash chooses a worker'],
  ['socket-buffer', 'A window that closes'],
] as const
const themes = ['light', 'dark'] as const

let ringside: TestRingside
let browser: Browser

beforeAll(async () => {
  ringside = await startRingside()
  browser = await startBrowser()
}, 1_200_000)

afterAll(async () => {
  await browser?.close()
  await ringside?.[Symbol.asyncDispose]()
})

async function chapter(slug: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto(ringside.signInAddress)
  await page.goto(`${ringside.address}/chapters/${slug}`, { waitUntil: 'networkidle' })
  await answers(page)
  return page
}

const near = async (page: Page): Promise<Locator> => {
  await page.locator('.model').scrollIntoViewIfNeeded()
  await page.locator('.model[data-ready]').waitFor()
  return page.locator('.model[data-ready]')
}
const reading = (model: Locator, label: string) =>
  model.locator('.model-readings > div').filter({ hasText: label }).locator('dd')
const button = (model: Locator, name: string) => model.getByRole('button', { name, exact: true })

test('its script comes when one is near, and the page does not move for it', async () => {
  const page = await chapter('nic')
  const scripts: string[] = []
  page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()))
  const still = page.locator('.model')
  expect(await still.getAttribute('data-ready')).toBeNull()
  expect(await still.getByRole('slider').first().isDisabled()).toBe(true)
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await near(page)
  expect(scripts.length).toBeGreaterThan(0)
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(height)
  await page.context().close()
})

test('by keyboard alone: a step for each key, and the figures of the machine in the text', async () => {
  const page = await chapter('nic')
  const model = await near(page)
  const ring = model.getByRole('slider', { name: 'Places in the ring' })
  await ring.focus()
  await page.keyboard.press('End')
  expect(await ring.getAttribute('aria-valuetext')).toBe('4,096')
  // Said by the slider; a figure beside it that says itself as well would be heard twice.
  expect(await model.locator('output:not([aria-live=off])').count()).toBe(0)
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  expect(await ring.getAttribute('aria-valuetext')).toBe('128')
  await page.keyboard.press('ArrowLeft')
  for (let tabs = 0; tabs < 3; tabs++) await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Step: one poll')
  for (let steps = 0; steps < 6; steps++) await page.keyboard.press('Enter')
  expect(await reading(model, 'taken by polls').textContent()).toContain('263')
  expect(await reading(model, 'pkts rx OOB').textContent()).toContain('537')
  await model.locator('[aria-live=polite]').filter({ hasText: '537 lost' }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  expect(await reading(model, 'taken by polls').textContent()).toBe('0')
  await page.context().close()
})

test('it plays to its end, says so once, and then nothing moves', async () => {
  const page = await chapter('nic')
  const model = await near(page)
  const said: string[] = []
  await page.exposeFunction('said', (text: string) => said.push(text))
  await model.locator('[aria-live=polite]').evaluate((live) => {
    const told = (window as unknown as { said(text: string): void }).said
    new MutationObserver(() => told(live.textContent ?? '')).observe(live, {
      childList: true,
      characterData: true,
      subtree: true,
    })
  })
  await button(model, 'Play').click()
  await button(model, 'Pause').waitFor()
  await button(model, 'Play').waitFor()
  expect(await reading(model, 'taken by polls').textContent()).toContain('263')
  await model.locator('[aria-live=polite]').filter({ hasText: 'The wave is over.' }).waitFor()
  expect(said).toHaveLength(1)
  const changes = await model.evaluate(async (element) => {
    let count = 0
    new MutationObserver((list) => {
      count += list.length
    }).observe(element, { subtree: true, childList: true, attributes: true, characterData: true })
    await new Promise((resolve) => setTimeout(resolve, 1500))
    return count
  })
  expect(changes).toBe(0)
  await page.context().close()
})

test('nobody sees it: it pauses', async () => {
  const page = await chapter('accept-queue')
  const model = await near(page)
  await button(model, 'Play').click()
  await button(model, 'Pause').waitFor()
  await page.evaluate(() => window.scrollTo(0, 0))
  await button(model, 'Play').waitFor({ state: 'attached' })
  await page.context().close()
})

test('where no motion is wanted there are steps, and nothing plays', async () => {
  const page = await chapter('nic', { reducedMotion: 'reduce' })
  const model = await near(page)
  expect(await button(model, 'Play').count()).toBe(0)
  await button(model, '10 steps').click()
  expect(await reading(model, 'pkts rx OOB').textContent()).toContain('537')
  await page.context().close()
})

test('on paper there is the picture and nothing to press', async () => {
  const page = await chapter('nic')
  await near(page)
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.model-picture').isVisible()).toBe(true)
  expect(await page.locator('.model-knobs').isVisible()).toBe(false)
  expect(await page.locator('.model-keys').isVisible()).toBe(false)
  await page.context().close()
})

test('forty ACKs for nine places; a longer queue at once turns nobody else away', async () => {
  const page = await chapter('accept-queue')
  const model = await near(page)
  for (let steps = 0; steps < 2; steps++) await button(model, 'Step: 0.1 s').click()
  expect(await reading(model, 'Recv-Q').textContent()).toBe('9')
  expect(await reading(model, 'ListenOverflows').textContent()).toContain('62')
  await model.getByRole('slider', { name: /^Limit/ }).focus()
  for (let presses = 0; presses < 4; presses++) await page.keyboard.press('ArrowRight')
  for (let steps = 0; steps < 10; steps++) await button(model, 'Step: 0.1 s').click()
  expect(await reading(model, 'ListenOverflows').textContent()).toContain('62')
  await model.getByRole('checkbox').focus()
  await page.keyboard.press('Space')
  expect(await model.getByRole('checkbox').isChecked()).toBe(false)
  await page.context().close()
})

describe.each(places)('chapter %s', (slug, title) => {
  test.each(themes)('fits on 320 px and on 1440 px, %s', async (theme) => {
    for (const width of [320, 1440]) {
      const page = await chapter(slug, { colorScheme: theme, viewport: { width, height: 900 } })
      const model = await near(page)
      await button(model, await stepName(model)).click()
      expect(await model.getByText(title, { exact: true }).isVisible()).toBe(true)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      expect(await spills(model)).toEqual([])
      await takePicture(model, `instrument-${slug}-${width}-${theme}`)
      await page.context().close()
    }
  })

  test.each(themes)('axe has nothing to say, %s', async (theme) => {
    const page = await chapter(slug, { colorScheme: theme })
    await near(page)
    expect(await axeSays(page, '.model')).toEqual([])
    await page.context().close()
  })
})

const stepName = async (model: Locator) =>
  (await model.getByRole('button', { name: /^Step: / }).textContent()) ?? ''

/** Words of a picture that run out of it. */
const spills = (model: Locator): Promise<string[]> =>
  model.locator('.model-picture svg').evaluate((picture) => {
    const frame = picture.getBoundingClientRect()
    return [...picture.querySelectorAll('text')]
      .filter((word) => {
        const box = word.getBoundingClientRect()
        return box.width > 0 && (box.left < frame.left - 1 || box.right > frame.right + 1)
      })
      .map((word) => word.textContent ?? '')
  })
