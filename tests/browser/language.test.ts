/**
 * Ringside in a language that is made of the English texts, each in brackets: the server's pages and what their scripts draw afterwards speak it, with one
 * voice from the first moment on. No machine is started.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pseudo, pseudoTag } from '../../app/_text/testing/pseudo.ts'
import { writePseudo } from '../../app/_text/testing/write-pseudo.ts'
import { answers, startBrowser } from '../support/browser.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'

let folder: string
let ringside: TestRingside
let browser: Browser
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-texts-'))
  await writePseudo(folder)
  ringside = await startRingside({ env: { RINGSIDE_LANGUAGE: pseudoTag, RINGSIDE_TEXTS: folder } })
  browser = await startBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(20_000)
  page = await context.newPage()
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(ringside.signInAddress)
}, 1_200_000)

afterAll(async () => {
  await browser?.close()
  await ringside?.[Symbol.asyncDispose]()
  if (folder) await rm(folder, { recursive: true, force: true })
})

const go = async (path: string) => {
  await page.goto(`${ringside.address}${path}`, { waitUntil: 'networkidle' })
  await answers(page)
}
const shown = (text: string) => page.getByText(pseudo(text), { exact: true }).first().waitFor()

test('a page says which language it is in, and which part of it is English', async () => {
  await go('/chapters/nic')
  expect(await page.locator('html').getAttribute('lang')).toBe(pseudoTag)
  expect(await page.locator('article.prose').getAttribute('lang')).toBe('en')
  await shown('Sources')
})

test('scripts go on in it: a mark, the search, an instrument', async () => {
  await page.getByRole('button', { name: pseudo('Mark as read') }).click()
  await page.getByRole('button', { name: pseudo('Not read after all') }).waitFor()
  await page.locator('.model').first().scrollIntoViewIfNeeded()
  await page.locator('.model[data-ready]').first().waitFor()
  await page.locator('.model').first().getByText(pseudo('Play'), { exact: true }).waitFor()
  await page.keyboard.press('Control+k')
  await page
    .getByRole('combobox', { name: pseudo('Search chapters, labs, commands, counters, terms') })
    .waitFor()
  await page.keyboard.press('Escape')
})

test.each(['/', '/course', '/labs', '/glossary', '/pocket', '/account', '/certificate', '/nowhere'])(
  '%s has its headline from the catalogue',
  async (path) => {
    await go(path)
    expect(await page.title()).toContain('⟦')
    expect((await page.locator('h1').first().textContent()) ?? '').toContain('⟦')
  },
)

test('nothing was drawn in one language by the server and in another by the browser', () => {
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([])
})

test('the script is kept by a browser, and is nobody’s secret', async () => {
  const address = await page.evaluate(() =>
    document.querySelector('head script[src*="/api/language"]')?.getAttribute('src'),
  )
  const answer = await page.request.get(`${ringside.address}${address}`)
  expect(answer.status()).toBe(200)
  expect(answer.headers()['cache-control']).toBe('public, max-age=31536000, immutable')
})
