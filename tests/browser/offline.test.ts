/**
 * A chapter and the course as one file, as a reader takes it along: by keyboard from the page, opened from the disk without a network, folded open,
 * followed, put on paper; and nobody who is signed out gets it. No machine is started.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeSays } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'

let ringside: TestRingside
let browser: Browser
let page: Page
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-offline-'))
  ringside = await startRingside()
  browser = await startBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(20_000)
  page = await context.newPage()
  await page.goto(ringside.signInAddress)
}, 1_200_000)

afterAll(async () => {
  await browser?.close()
  await ringside?.[Symbol.asyncDispose]()
  if (folder) await rm(folder, { recursive: true, force: true })
})

/** Presses the link by keyboard and keeps what comes. */
async function taken(from: string, link: string): Promise<string> {
  await page.goto(`${ringside.address}${from}`, { waitUntil: 'networkidle' })
  await page.getByRole('link', { name: link }).focus()
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  const path = join(folder, download.suggestedFilename())
  await download.saveAs(path)
  return path
}

/** The file from the disk, with no network; what it asks for is written down. */
async function opened(path: string, colorScheme: 'light' | 'dark' = 'light', width = 1280) {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, offline: true })
  context.setDefaultTimeout(20_000)
  const reader = await context.newPage()
  const asked: string[] = []
  reader.on('request', (request) => asked.push(request.url()))
  await reader.goto(pathToFileURL(path).href)
  return { reader, asked, [Symbol.asyncDispose]: () => context.close() }
}

test('a chapter is taken along, and opens from the disk with nothing around it', async () => {
  const path = await taken('/chapters/nic', 'This chapter as one file')
  expect(path).toMatch(/ringside-01-nic\.html$/)
  await using file = await opened(path)
  const { reader } = file
  await reader.getByRole('heading', { level: 1, name: 'The ring that is filled' }).waitFor()
  await reader.evaluate(() => document.fonts.ready.then(() => undefined))
  expect(file.asked.filter((url) => !url.startsWith('data:'))).toEqual([pathToFileURL(path).href])
  const faces = await reader.evaluate(() =>
    [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family),
  )
  expect(faces.map((name) => name.replaceAll('"', ''))).toEqual(
    expect.arrayContaining(['Source Serif 4 Variable', 'Inter Variable', 'JetBrains Mono Variable']),
  )
})

test('a question is folded open by keyboard, a term leads to its meaning', async () => {
  await using file = await opened(join(folder, 'ringside-01-nic.html'))
  const { reader } = file
  const question = reader.locator('details.question').first()
  expect(await question.locator('> div').isVisible()).toBe(false)
  await question.locator('summary').focus()
  await reader.keyboard.press('Enter')
  expect(await question.locator('> div').isVisible()).toBe(true)
  await reader.getByRole('link', { name: 'receive ring', exact: true }).first().focus()
  await reader.keyboard.press('Enter')
  await reader.waitForURL(/#word--receive-ring$/)
  expect(await reader.locator('#word--receive-ring').isVisible()).toBe(true)
})

test.each(['light', 'dark'] as const)('axe has nothing to say, %s, and it fits 320 pixels', async (theme) => {
  for (const width of [1280, 320]) {
    await using file = await opened(join(folder, 'ringside-01-nic.html'), theme, width)
    expect(await axeSays(file.reader)).toEqual([])
    expect(await file.reader.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  }
})

test('on paper it is light, the answers are there, and each picture stays whole', async () => {
  await using file = await opened(join(folder, 'ringside-01-nic.html'), 'dark')
  await file.reader.emulateMedia({ media: 'print' })
  expect(await file.reader.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe(
    'light',
  )
  expect(await file.reader.locator('details.question > div').first().isVisible()).toBe(true)
  const address = await file.reader
    .locator('.sources a')
    .first()
    .evaluate((one) => getComputedStyle(one, '::after').content)
  expect(address).toMatch(/attr\(href\)|https:/)
  expect(
    await file.reader
      .locator('.model')
      .first()
      .evaluate((one) => getComputedStyle(one).breakInside),
  ).toBe('avoid')
})

test('the whole course leads from chapter to chapter', async () => {
  const path = await taken('/course', 'The whole course as one file')
  await using file = await opened(path)
  await file.reader
    .getByRole('navigation', { name: 'Contents' })
    .getByRole('link', { name: /^Chapter 7: / })
    .click()
  await file.reader.waitForURL(/#accept-queue$/)
  expect(await file.reader.locator('.book-chapter').count()).toBeGreaterThan(5)
})

test('it says what it is and is not kept on the way', async () => {
  const answer = await page.request.get(`${ringside.address}/chapters/nic/offline`)
  expect(answer.headers()['cache-control']).toBe('private, no-store')
  expect(answer.headers()['content-type']).toBe('text/html; charset=utf-8')
  expect(answer.headers()['content-disposition']).toBe('attachment; filename="ringside-01-nic.html"')
  expect((await page.request.get(`${ringside.address}/chapters/no-such-chapter/offline`)).status()).toBe(404)
})

test('whoever is signed out gets no file', async () => {
  const stranger = await browser.newContext()
  for (const path of ['/chapters/nic/offline', '/course/offline']) {
    const answer = await stranger.request.get(`${ringside.address}${path}`)
    expect(answer.status()).toBe(401)
    expect(answer.headers()['content-disposition']).toBeUndefined()
  }
  await stranger.close()
})
