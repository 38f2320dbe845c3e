/**
 * axe has nothing to say, on any kind of page, in both themes, on a wide and on a narrow screen; and paper is light. No machine is started: the
 * workbench is looked at before its start. A page that is not in the list is found by the last test.
 */
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readChapterFiles } from '../../content/files.ts'
import { axeSays } from '../support/axe.ts'
import { answers, startBrowser, visit } from '../support/browser.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'

/** Address → the file below app/ that draws it. Those of the classroom mode have tests of their own. */
const pages: Record<string, string> = {
  '/': 'page.tsx',
  '/course': 'course/page.tsx',
  '/labs': 'labs/page.tsx',
  '/labs/accept-queue': 'labs/[id]/page.tsx',
  '/labs/first-look': 'labs/[id]/page.tsx',
  '/labs/nowhere': 'labs/[id]/not-found.tsx',
  '/pocket': 'pocket/page.tsx',
  '/glossary': 'glossary/page.tsx',
  '/playground': 'playground/page.tsx',
  '/certificate': 'certificate/page.tsx',
  '/certificate/e30.e30': 'certificate/[token]/page.tsx',
  '/account': 'account/page.tsx',
  '/cohorts': 'cohorts/page.tsx',
  '/account/deleted': 'account/deleted/page.tsx',
  '/people': 'people/page.tsx',
  '/people/log': 'people/log/page.tsx',
  '/nowhere': 'not-found.tsx',
}
const elsewhere = /^(signin|welcome|join|invite|return|check|cohorts\/\[|assignments\/|submissions\/)/
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

async function signedIn(colorScheme: 'light' | 'dark', width = 1280): Promise<Page> {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto(ringside.signInAddress)
  return page
}

describe.each(themes)('%s', (theme) => {
  test.each([1280, 320, 2560])('every kind of page, %i px', async (width) => {
    const page = await signedIn(theme, width)
    const found: string[] = []
    for (const address of Object.keys(pages)) {
      await page.goto(`${ringside.address}${address}`, { waitUntil: 'load' })
      found.push(...(await axeSays(page)).map((one) => `${address} ${one}`))
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      if (wide > width) found.push(`${address} is ${wide} px wide`)
    }
    expect(found).toEqual([])
    await page.context().close()
  })

  test('every chapter, with its questions and terms open', async () => {
    const page = await signedIn(theme)
    const found: string[] = []
    for (const { slug } of await readChapterFiles('content/chapters')) {
      await page.goto(`${ringside.address}/chapters/${slug}`, { waitUntil: 'networkidle' })
      await answers(page)
      for (const term of await page.locator('.term').all()) await term.click()
      await page.evaluate(() => {
        for (const question of document.querySelectorAll('details')) question.open = true
      })
      found.push(...(await axeSays(page)).map((one) => `${slug} ${one}`))
    }
    expect(found).toEqual([])
    await page.context().close()
  })

  test('the search, the keys, and whoever is not signed in', async () => {
    const page = await signedIn(theme)
    await page.goto(`${ringside.address}/course`, { waitUntil: 'networkidle' })
    await answers(page)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('queue')
    await page.getByRole('option').first().waitFor()
    expect(await axeSays(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    expect(await axeSays(page)).toEqual([])
    await page.context().clearCookies()
    await page.goto(`${ringside.address}/course`)
    expect(await axeSays(page)).toEqual([])
    await page.context().close()
  })
})

test('paper is light, whatever the screen was, and nothing on it is cut off', async () => {
  const page = await signedIn('dark')
  await page.goto(`${ringside.address}/chapters/softirq`)
  await page.evaluate(() => {
    document.documentElement.dataset.theme = 'dark'
  })
  await page.emulateMedia({ media: 'print' })
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light')
  expect(
    await page
      .locator('.table-scroll')
      .first()
      .evaluate((one) => getComputedStyle(one).overflowX),
  ).toBe('visible')
  expect(await page.locator('.question > div').first().isVisible()).toBe(true)
  expect(await page.getByRole('button', { name: 'Copy' }).first().isVisible()).toBe(false)
  // Nobody can follow a link on paper.
  const address = await page
    .locator('.sources a')
    .first()
    .evaluate((one) => getComputedStyle(one, '::after').content)
  expect(address).toMatch(/attr\(href\)|https:/)
  await page.context().close()
})

test('the bar of the browser has the colour of the theme that was chosen, at once and after a reload', async () => {
  const page = await signedIn('light')
  await visit(page, `${ringside.address}/course`)
  const bars = () =>
    page
      .locator('meta[name=theme-color]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('content') ?? ''))
  const [light = '', dark = ''] = await bars()
  const chosen = () => page.evaluate(() => document.documentElement.dataset.theme)
  const turn = page.locator('header').getByRole('button', { name: /^Theme: / })
  await turn.click()
  await expect.poll(chosen).toBe('light')
  expect(await bars()).toEqual([light, light])
  await turn.click()
  await expect.poll(chosen).toBe('dark')
  expect(await bars()).toEqual([dark, dark])
  await visit(page, `${ringside.address}/labs`)
  expect(await bars()).toEqual([dark, dark])
  await page.context().close()
})

test('no page is forgotten', async () => {
  const entries = await readdir('app', { recursive: true })
  const drawn = entries.filter((name) => /(^|\/)(page|not-found)\.tsx$/.test(name) && !elsewhere.test(name))
  const looked = [...Object.values(pages), join('chapters', '[slug]', 'page.tsx')]
  expect(drawn.filter((name) => !looked.includes(name)).map((name) => dirname(name))).toEqual([])
})
