/**
 * What is handed in without a word, or not at all: by the clock with what was typed, by a last check whose machine is gone, and on paper. A teacher and a learner,
 * one story, told in order.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { shows, startBrowser, takePicture, visit } from '../support/browser.ts'
import { joinCohort, openCohort, press } from '../support/cohort.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'

let ringside: TestRingside
let browser: Browser
let teacher: Page
let ada: Page
/** The path of its pages. */
let cohort = ''

beforeAll(async () => {
  ringside = await startRingside({ mode: 'classroom' })
  browser = await startBrowser()
  teacher = await device()
  await visit(teacher, ringside.signInAddress)
  const opened = await openCohort(teacher, ringside.address)
  cohort = opened.cohort
  ada = await device({ timezoneId: 'America/New_York' })
  await joinCohort(ada, opened.joinLink, 'Ada Lovelace')
}, 1_200_000)

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const [i, page] of [teacher, ada].entries()) await picture(page, `failed-${i}`)
  console.error(ringside.log().slice(-2000))
})

afterAll(async () => {
  await browser?.close()
  await ringside?.[Symbol.asyncDispose]()
})

async function device(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  context.setDefaultTimeout(20_000)
  return context.newPage()
}

const go = (page: Page, path: string) => visit(page, `${ringside.address}${path}`)
const picture = (page: Page, name: string) => takePicture(page, `handed-in-${name}`, { fullPage: true })

/** Made and published, with one lab; what stands in its form by label. Its path. */
async function assignment(title: string, fields: Record<string, string> = {}): Promise<string> {
  await go(teacher, `${cohort}/assignments/new`)
  for (const [label, value] of Object.entries({ Title: title, ...fields }))
    await teacher.getByLabel(label, { exact: true }).fill(value)
  await teacher.getByLabel('Lab 1', { exact: true }).selectOption('accept-queue')
  await press(teacher, 'Create as a draft')
  await teacher.getByText('The draft is made.').waitFor()
  await press(teacher, 'Publish')
  await teacher.getByText('Published: learners see it now.').waitFor()
  return new URL(teacher.url()).pathname.replace('/edit', '')
}

async function begins(path: string): Promise<void> {
  await go(ada, path)
  await ada.getByRole('link', { name: /^Begin / }).click()
  await press(ada, 'Start lab')
  await shows(ada, /root@server.*#/, 50_000)
}

test('an attempt of one minute counts down and hands itself in, with the learner looking on', {
  timeout: 300_000,
}, async () => {
  const short = await assignment('In a minute', { 'Time for one attempt, minutes': '1' })
  await begins(short)
  const timer = ada.getByRole('timer')
  const left = async () => Number(/, 0:(\d\d) left$/.exec((await timer.textContent()) ?? '')?.[1])
  await expect.poll(left).toBeGreaterThan(0)
  const before = await left()
  await expect.poll(left).toBeLessThan(before)
  await ada.getByRole('tab', { name: 'Diagnosis' }).click()
  await ada.locator('#diagnosis-stage').selectOption('accept-queue')
  await ada.locator('#diagnosis-counter').fill('TcpExtListenOverflows')
  await ada.keyboard.press('Escape')
  await ada.locator('#diagnosis-value').fill('1')
  await ada.locator('#diagnosis-limit').fill('1')
  await picture(ada, 'counts-down')
  await ada.getByText(/it is handed in as it was/).waitFor({ timeout: 90_000 })
  await picture(ada, 'time-is-over')
  await expect
    .poll(
      async () => {
        await go(ada, short)
        return ada.getByText('by itself, at the end of its time').count()
      },
      { timeout: 60_000, interval: 2_000 },
    )
    .toBe(1)
  await ada.getByText('handed in', { exact: true }).first().waitFor({ timeout: 60_000 })
  // What was typed, and never checked.
  await ada.locator('summary', { hasText: 'The verdict' }).click()
  await ada.locator('.protocol .criterion').first().waitFor()
  expect(await ada.locator('.protocol').textContent()).not.toMatch(/No diagnosis/)
})

test('a machine that is gone leaves its last check, which is handed in by a click', {
  timeout: 240_000,
}, async () => {
  const last = await assignment('By its last check', { Due: '2099-07-01T18:00' })
  await begins(last)
  await ada.getByRole('tab', { name: 'Diagnosis' }).click()
  const checked = ada.waitForResponse(/\/api\/attempts\/[0-9a-f-]+\/check$/, { timeout: 90_000 })
  await press(ada, 'Check without a diagnosis')
  await ada.locator('#pane-verdict .criterion').first().waitFor({ timeout: 90_000 })
  // As when its hours are over; whoever goes on with it hears so.
  await ringside.service.end(/attempts\/([^/]+)/.exec((await checked).url())?.[1] ?? '')
  await go(ada, last)
  await ada.getByRole('link', { name: /^Go on / }).click()
  await ada.getByText(/The machine is gone/).waitFor()
  await go(ada, last)
  await ada
    .getByText(/The machine of your last attempt is not there any more\. Its last check, .* did not pass/)
    .waitFor()
  await picture(ada, 'last-check')
  await press(ada, 'Hand in the last check of The shop that hangs in waves')
  await ada.getByText('this one counts').waitFor()
  await ada.getByText('Hand in its last check').waitFor({ state: 'detached' })
})

test('where nothing was handed in the teacher sets a grade, and the learner reads why', async () => {
  const paper = await assignment('On paper')
  await go(teacher, `${cohort}/gradebook`)
  // By their due dates: it has none, and was made last.
  await teacher.locator('[data-cell="0-3"]').click()
  const form = teacher.getByRole('form', { name: 'Set the grade' })
  await form.getByText(/Nothing was handed in here/).waitFor()
  await form.getByLabel('Percent of the full mark').fill('60')
  await form.getByLabel('Why').fill('Shown on paper.')
  await picture(teacher, 'nothing-handed-in')
  await form.getByRole('button', { name: 'Set the grade' }).click()
  await teacher.locator('[data-cell="0-3"]', { hasText: '60 %' }).waitFor()
  await go(ada, paper)
  await ada.getByText('Shown on paper.').waitFor()
  await ada.getByText('Nothing was handed in', { exact: true }).waitFor()
  await ada.getByText('60 % so far').waitFor()
  await ada.getByRole('link', { name: /^Begin / }).waitFor()
})
