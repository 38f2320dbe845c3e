/**
 * How far one is, as a person meets it: reading on, answering a recall question by keyboard, taking a mark back, and finding all of it on
 * another device. No machine is started.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answers, startBrowser, visit } from '../support/browser.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'

let ringside: TestRingside
let browser: Browser
let page: Page

beforeAll(async () => {
  ringside = await startRingside()
  browser = await startBrowser()
  page = await device()
}, 1_200_000)

afterAll(async () => {
  await browser?.close()
  await ringside?.[Symbol.asyncDispose]()
})

/** A browser with nothing in it but the sign-in. */
async function device(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(20_000)
  const opened = await context.newPage()
  await visit(opened, ringside.signInAddress)
  return opened
}

test('the course page says where to begin, and that nothing is due', async () => {
  await visit(page, `${ringside.address}/course`)
  await page.getByRole('link', { name: /^Begin: / }).waitFor()
  await page.getByText('No question has been answered yet').waitFor()
  expect(await page.locator('main ol > li').count()).toBeGreaterThan(5)
})

test('a recall question is opened and answered by keyboard, and says when it comes again', async () => {
  await visit(page, `${ringside.address}/chapters/nic`)
  const question = page.locator('.question').first()
  await question.locator('summary').focus()
  await page.keyboard.press('Enter')
  await question.getByText('Did you know it?').waitFor()
  await question.getByRole('button', { name: 'I knew it' }).focus()
  await page.keyboard.press('Enter')
  await question.getByText('Asked again tomorrow.').waitFor()
  // What was pressed is gone, and the keyboard has not lost its place.
  const place = () => page.evaluate(() => document.activeElement?.textContent)
  await expect.poll(place).toBe('Asked again tomorrow.')
  await page.keyboard.press('Tab')
  expect(await place()).toBe('I have forgotten it')
  await page.reload()
  await question.locator('summary').click()
  await question.getByText('Asked again tomorrow.').waitFor()
})

test('where one stopped is offered on another device', async () => {
  await visit(page, `${ringside.address}/chapters/nic`)
  const third = page.locator('.prose h2').nth(2)
  const heading = (await third.textContent()) ?? ''
  const kept = page.waitForResponse((response) => response.url().endsWith('/place'))
  await third.scrollIntoViewIfNeeded()
  await third.evaluate((element) => element.scrollIntoView({ block: 'start' }))
  expect((await kept).status()).toBe(200)

  const other = await device()
  await visit(other, `${ringside.address}/course`)
  await other.getByText(`at “${heading}”`, { exact: true }).waitFor()
  await other.getByRole('link', { name: /^Go on reading: / }).click()
  await other.waitForURL(/\/chapters\/nic#/)
  await other.locator('.resume-line').getByRole('link', { name: heading }).waitFor()
  await other.context().close()
})

test('jumping to the foot is no reading; the own mark is, and can be taken back', async () => {
  await visit(page, `${ringside.address}/chapters/rss`)
  await page.keyboard.press('End')
  await page.waitForTimeout(3_000)
  const mark = page.getByRole('button', { name: 'Mark as read' })
  await mark.click()
  const back = page.getByRole('button', { name: 'Not read after all' })
  await back.waitFor()
  await visit(page, `${ringside.address}/course`)
  await page.getByText(/^1 of \d+ chapters read/).waitFor()
  await page.goBack()
  await answers(page)
  await back.click()
  await mark.waitFor()
  await visit(page, `${ringside.address}/course`)
  await page.getByText(/^0 of \d+ chapters read/).waitFor()
})

/** A chapter read on another device, whose clock is the test's, at its end. */
async function atTheEnd(slug: string): Promise<{ reader: Page; marked: () => number }> {
  const reader = await device()
  await reader.clock.install()
  let marks = 0
  reader.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/read')) marks++
  })
  await visit(reader, `${ringside.address}/chapters/${slug}`)
  await reader.waitForLoadState('networkidle')
  await reader.getByRole('button', { name: 'Mark as read' }).scrollIntoViewIfNeeded()
  return { reader, marked: () => marks }
}

test('reaching the end after some time of reading is the mark', async () => {
  const { reader, marked } = await atTheEnd('softirq')
  await reader.clock.runFor('10:00')
  await reader.getByText('Read: you have reached the end').waitFor()
  expect(marked()).toBe(1)
  await reader.getByRole('button', { name: 'Not read after all' }).click()
  await reader.getByRole('button', { name: 'Mark as read' }).waitFor()
  await reader.context().close()
})

test('a mark that was taken back does not come back by itself', async () => {
  const { reader, marked } = await atTheEnd('rss')
  await reader.getByRole('button', { name: 'Mark as read' }).click()
  await reader.getByRole('button', { name: 'Not read after all' }).click()
  await reader.getByRole('button', { name: 'Mark as read' }).waitFor()
  await reader.clock.runFor('10:00')
  await visit(reader, `${ringside.address}/course`)
  await reader.getByText(/^0 of \d+ chapters read/).waitFor()
  expect(marked()).toBe(1)
  await reader.context().close()
})

test('another site cannot set a mark, and a question that is not asked is refused', async () => {
  const ask = (path: string, data: unknown, origin = ringside.address) =>
    page.request.post(`${ringside.address}/api/chapters/nic/${path}`, { data, headers: { origin } })
  expect((await ask('read', {}, 'http://elsewhere.test')).status()).toBe(403)
  expect((await ask('recall', { question: '000000000000', knew: true })).status()).toBe(400)
  expect((await ask('place', { anchor: 'no-such-heading' })).status()).toBe(400)
})
