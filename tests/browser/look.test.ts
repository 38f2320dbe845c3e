/**
 * Two browsers at once, an instructor's and a learner's: the look that the learner is told of, the question, the yes, keys of both in one shell, the
 * end by either side, the log, and the screen that everybody sees. One real machine of the learner's, later one of the instructor's. Every page is
 * asked of axe and fits 320 pixels. With RINGSIDE_PICTURES there are pictures.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { axeSays } from '../support/axe.ts'
import { runs, screen, shows, startBrowser, takePicture, visit } from '../support/browser.ts'
import { joinCohort, openCohort, press } from '../support/cohort.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'

let ringside: TestRingside
let browser: Browser
let owner: Page
let learner: Page
/** Path of the cohort's pages, and of the one that looks at the learner's machine. */
let cohort = ''
let look = ''

const startMs = 300_000

beforeAll(async () => {
  ringside = await startRingside({ mode: 'classroom', env: { RINGSIDE_POOL: '0' } })
  browser = await startBrowser()
  owner = await device()
  await visit(owner, ringside.signInAddress)
}, 1_200_000)

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const page of [owner, learner].filter(Boolean))
    console.error(`${page.url()}\n${(await page.locator('main').allInnerTexts()).join('\n').slice(0, 800)}`)
  console.error(ringside.log().slice(-2000))
})

afterAll(async () => {
  await browser?.close()
  await ringside?.[Symbol.asyncDispose]()
})

async function device(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  context.setDefaultTimeout(30_000)
  return context.newPage()
}

const go = (page: Page, path: string) => visit(page, `${ringside.address}${path}`)
const told = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor()
const focus = (page: Page) => page.locator('.terminal-screen:visible .xterm-screen').first().click()

test('a cohort with a learner who works at a machine', { timeout: startMs }, async () => {
  const opened = await openCohort(owner, ringside.address)
  cohort = opened.cohort
  learner = await device()
  await joinCohort(learner, opened.joinLink, 'Ada Lovelace')
  await go(learner, '/labs/accept-queue')
  await press(learner, 'Start lab')
  await shows(learner, /[#$] ?$/, startMs)
  await focus(learner)
  expect(await runs(learner, 'echo be"fore"')).toContain('before')
})

test('the instructor looks: live and scrolled back; the learner is told at once', async () => {
  await go(owner, `${cohort}/look`)
  await takePicture(owner, 'machines')
  await owner.getByRole('link', { name: /^Look at the terminals of Ada Lovelace/ }).click()
  await owner.waitForURL(/\/look\/[0-9a-f-]{36}$/)
  look = new URL(owner.url()).pathname
  await shows(owner, /before/)
  await told(learner, /looks at your terminals now, and cannot type/)
  await told(owner, 'You look. Ada Lovelace sees that you do; your keys go nowhere.')
  await focus(learner)
  await runs(learner, 'echo la"ter"')
  await shows(owner, /later/)
  await focus(owner)
  await owner.keyboard.type('echo smug"gled"\n')
  await runs(learner, 'echo still mine')
  expect(await screen(learner)).not.toContain('smuggled')
  await pictures('look')
})

test('the learner refuses, and is not asked again at once', async () => {
  await press(owner, 'Ask to type')
  await told(learner, /asks to type in your terminals/)
  await pictures('asked')
  await press(learner, 'Do not')
  await told(owner, 'Ada Lovelace did not agree.')
  await press(owner, 'Ask to type')
  await told(owner, /You have asked just now/)
})

test('the learner agrees; both type; the learner ends it', { timeout: 120_000 }, async () => {
  await owner.waitForTimeout(31_000)
  await press(owner, 'Ask to type')
  await press(learner, 'Let them type')
  await told(owner, /^You may type/)
  await told(learner, /may type in your terminals now/)
  await pictures('typing')
  await focus(owner)
  await owner.keyboard.type('echo hel"ped"\n')
  await shows(learner, /^helped$/m)
  await focus(learner)
  await runs(learner, 'echo to"gether"')
  await shows(owner, /^together$/m)
  await press(learner, 'End it')
  await told(owner, 'Ada Lovelace has ended it.')
  await focus(owner)
  await owner.keyboard.type('echo too"late"\n')
  await focus(learner)
  await runs(learner, 'echo over')
  expect(await screen(learner)).not.toMatch(/^toolate$/m)
})

test('the instructor ends it by leaving the page, and the learner is told', async () => {
  await press(owner, 'Ask to type')
  await press(learner, 'Let them type')
  await told(owner, /^You may type/)
  await go(owner, `${cohort}/look`)
  await learner.getByText(/may type in your terminals now/).waitFor({ state: 'detached' })
  await expect
    .poll(async () => (await learner.locator('.visit-words').allTextContents()).join(''), { timeout: 15_000 })
    .toBe('')
})

test('all of it stands in the log, and none of it is open to a learner', async () => {
  await expect
    .poll(
      async () => {
        await go(owner, `${cohort}/log`)
        return owner.locator('main').textContent()
      },
      { timeout: 20_000, interval: 2_000 },
    )
    .toMatch(/could type no more in the terminals of Ada Lovelace.*their own page was closed/s)
  for (const sentence of [
    'began to look at a machine of Ada Lovelace',
    'asked Ada Lovelace to be let type in their terminals',
    'in their terminals',
  ])
    await told(owner, new RegExp(sentence))
  for (const path of [look, `${cohort}/look`]) expect((await go(learner, path))?.status()).toBe(404)
  const refused = await learner.request.post(`${ringside.address}/api${look}`, {
    headers: { origin: ringside.address },
    data: { audience: 'terminal' },
  })
  expect(refused.status()).toBe(404)
  await go(learner, '/labs/accept-queue')
  await shows(learner, /together/)
})

test('the instructor breaks the machine in a new way; the learner is led to the new ticket with their shell', {
  timeout: startMs,
}, async () => {
  await go(owner, `${cohort}/look`)
  const fault = (await owner.locator('select[name=lab] option').first().getAttribute('value')) ?? ''
  await takePicture(owner, 'inject')
  await owner.locator('summary', { hasText: 'Break them' }).click()
  await press(owner, 'Yes, break them')
  await told(owner, 'The machines are being broken.')
  await learner.getByText(/has broken this machine in a new way/).waitFor({ timeout: 120_000 })
  await takePicture(learner, 'injected')
  await learner.getByRole('link', { name: 'To its ticket' }).click()
  await learner.waitForURL(new RegExp(`/labs/${fault}$`))
  await shows(learner, /together/)
  await focus(learner)
  await runs(learner, 'echo go"es on"')
  await owner.getByText('broken', { exact: true }).waitFor({ timeout: 120_000 })
})

test('the report has the learner at both labs, on the page and as CSV', async () => {
  await go(owner, `${cohort}/report`)
  expect(await owner.getByRole('link', { name: 'Ada Lovelace' }).count()).toBe(2)
  await told(owner, /broken anew/)
  await takePicture(owner, 'report')
  const csv = await owner.request.get(`${ringside.address}/api${cohort}/report`, {
    headers: { origin: ringside.address },
  })
  expect(csv.headers()['content-type']).toBe('text/csv; charset=utf-8')
  expect((await csv.text()).match(/Ada Lovelace/g)).toHaveLength(2)
  expect((await go(learner, `${cohort}/report`))?.status()).toBe(404)
})

test('everybody sees the terminal that the instructor shows, until it is ended', {
  timeout: startMs,
}, async () => {
  await go(learner, `${cohort}/screen`)
  await told(learner, /Nothing is shown now/)
  await go(owner, '/playground')
  await press(owner, 'Start the playground')
  await shows(owner, /[#$] ?$/, startMs)
  await focus(owner)
  await runs(owner, 'echo for"all"')
  const teacher = await owner.context().newPage()
  await go(teacher, `${cohort}/screen`)
  await press(teacher, 'Show to everybody: Playground')
  await told(teacher, 'It is shown to everybody.')
  await shows(learner, /forall/)
  await told(owner, '1 person sees your terminals.')
  await focus(learner)
  await learner.keyboard.type('echo no"t"\n')
  await focus(owner)
  await runs(owner, 'echo ag"ain"')
  await shows(learner, /again/)
  expect(await screen(owner)).not.toMatch(/^not$/m)
  await pictures('shown')
  // Who is in the workshop room and elsewhere is told, and led there.
  await go(teacher, `${cohort}/room`)
  await press(teacher, 'Open the room')
  await go(learner, '/course')
  await learner.getByRole('link', { name: /^Watch the terminal that/ }).click()
  await shows(learner, /again/)
  await learner.getByRole('link', { name: /^Watch the terminal that/ }).waitFor({ state: 'detached' })
  await teacher.locator('summary', { hasText: 'Close the room' }).click()
  await press(teacher, 'Close it for everybody')
  await go(teacher, `${cohort}/screen`)
  await press(teacher, 'End it for everybody')
  await told(learner, /Nothing is shown now/)
})

test.each(['light', 'dark'] as const)(
  'every page fits 320 pixels, and axe has nothing to say, %s',
  async (theme) => {
    const at = async (from: Page, paths: string[]) => {
      const storageState = await from.context().storageState()
      const page = await device({ colorScheme: theme, storageState, viewport: { width: 320, height: 700 } })
      for (const path of paths) {
        await go(page, path)
        await page.waitForTimeout(1_500)
        expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 320])
        expect([path, await axeSays(page)]).toEqual([path, []])
        await takePicture(page, `${theme}-320-${path.split('/').slice(3).join('-')}`)
      }
      await page.context().close()
    }
    await at(owner, [`${cohort}/look`, look, `${cohort}/screen`, `${cohort}/report`])
    await at(learner, [cohort, `${cohort}/screen`])
  },
)

async function pictures(name: string): Promise<void> {
  await takePicture(owner, `owner-${name}`)
  await takePicture(learner, `learner-${name}`)
}
