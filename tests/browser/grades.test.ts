/**
 * Graded work as people do it: a teacher sets an assignment, a learner in another time zone works on a real machine and hands it in, the teacher
 * looks at what it was judged from, sets another grade, and has it judged again. One story, told in order.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { axeSays } from '../support/axe.ts'
import { runs, shows, startBrowser, takePicture, visit } from '../support/browser.ts'
import { joinCohort, openCohort, press } from '../support/cohort.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'

let ringside: TestRingside
let browser: Browser
let teacher: Page
let ada: Page
/** Addresses of pages, without the host. */
let cohort = ''
let assignment = ''
let submission = ''
const complaints: string[] = []
/** What the learner's browser was told over its sockets: only the kinds. */
const told = new Set<string>()

beforeAll(async () => {
  ringside = await startRingside({ mode: 'classroom' })
  browser = await startBrowser()
  teacher = await device()
  await visit(teacher, ringside.signInAddress)
}, 1_200_000)

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  const pages = [teacher, ada].filter(Boolean)
  console.error(`${pages.map((page) => page.url()).join('\n')}\n${complaints.join('\n')}`)
  console.error(ringside?.log().slice(-2000))
  for (const [i, page] of pages.entries()) await picture(page, `failed-${i}`)
})

afterAll(async () => {
  await browser?.close()
  await ringside?.[Symbol.asyncDispose]()
})

async function device(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(String(error)))
  return page
}

const go = (page: Page, path: string) => visit(page, `${ringside.address}${path}`)
const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click()

test('a cohort with a learner', async () => {
  const opened = await openCohort(teacher, ringside.address)
  cohort = opened.cohort
  ada = await device({ timezoneId: 'America/New_York' })
  await joinCohort(ada, opened.joinLink, 'Ada Lovelace')
})

test('the editor says each mistake at its field, and keeps what was typed', async () => {
  await go(teacher, `${cohort}/assignments`)
  await follow(teacher, 'New assignment')
  await teacher.getByLabel('Title').fill('Where it is lost')
  await teacher.getByLabel('What learners read').fill('Find it, *prove* it, mend it.')
  await teacher.getByLabel('Opens').fill('2026-01-01T08:00')
  // The clocks in Berlin go from before it to 03:30.
  await teacher.getByLabel('Due', { exact: true }).fill('2099-03-29T02:30')
  await teacher.getByLabel('Attempts at each lab').fill('two')
  await teacher.getByLabel('The live map, once a diagnosis was given').uncheck()
  await press(teacher, 'Create as a draft')
  await teacher.getByText(/^3 fields are not as they must be/).waitFor()
  await teacher.getByText(/In Europe\/Berlin there is no 2099-03-29 02:30/).waitFor()
  await teacher.getByText(/Give a whole number from 1 to 1,000, or empty it/).waitFor()
  await teacher.getByText(/No lab is chosen/).waitFor()
  expect(await teacher.getByLabel('Attempts at each lab').inputValue()).toBe('two')
  await expect
    .poll(() => teacher.evaluate(() => document.activeElement?.getAttribute('aria-invalid')))
    .toBe('true')
  await teacher.getByLabel('Due', { exact: true }).fill('2099-07-01T18:00')
  await teacher.getByLabel('Attempts at each lab').fill('2')
  await teacher.getByLabel('Lab 1', { exact: true }).selectOption('accept-queue')
  await press(teacher, 'Create as a draft')
  await teacher.getByText('The draft is made.').waitFor()
  assignment = new URL(teacher.url()).pathname.replace('/edit', '')
  await picture(teacher, 'editor')
  expect((await go(ada, assignment))?.status()).toBe(404)
  await press(teacher, 'Publish')
  await teacher.getByText('Published: learners see it now.').waitFor()
})

test('two instructors at one editor: the second is told, keeps what was typed, and may replace the first', async () => {
  const other = await teacher.context().newPage()
  const editors = [teacher, other]
  const typed = ['Find it, *prove* it, mend it. Twice.', 'Find it, *prove* it, mend it. Alone.']
  for (const [i, page] of editors.entries()) {
    await go(page, `${assignment}/edit`)
    await page.getByLabel('What learners read').fill(typed[i] as string)
  }
  await press(teacher, 'Save')
  await teacher.getByText('Saved.').waitFor()
  await press(other, 'Save')
  await other.getByText('Somebody else has saved this assignment since you opened it.').waitFor()
  await picture(other, 'saved-meanwhile')
  expect(await other.getByLabel('What learners read').inputValue()).toBe(typed[1])
  await go(teacher, `${assignment}/edit`)
  expect(await teacher.getByLabel('What learners read').inputValue()).toBe(typed[0])
  await press(other, 'Save')
  await other.getByText('Saved.').waitFor()
  await other.close()
})

test('the learner sees until when, there and here, what holds, and begins', async () => {
  for (const page of ['/cohorts', '/']) {
    await go(ada, page)
    await ada.getByRole('region', { name: 'To hand in' }).getByText('1 of 1 lab left').waitFor()
    await picture(ada, `due-${page.slice(1) || 'home'}`)
  }
  await go(ada, `${cohort}/assignments`)
  await follow(ada, 'Where it is lost')
  await ada.getByText('Due Wed, 1 Jul 2099, 18:00 (Europe/Berlin)').waitFor()
  await ada.getByText('Wed, 1 Jul 2099, 12:00 where you are (America/New_York)').waitFor()
  await ada.getByText('2 attempts of 2 left').waitFor()
  await ada.getByText(/no live map/).waitFor()
  await picture(ada, 'assignment')
  expect((await go(ada, `${assignment}/edit`))?.status()).toBe(404)
  expect((await go(ada, `${cohort}/gradebook`))?.status()).toBe(404)
  await go(ada, assignment)
  ada.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const type = /^\{"type":"(\w+)"/.exec(String(payload))?.[1]
      if (type) told.add(type)
    }),
  )
  await follow(ada, /^Begin /)
  await ada.getByText('This is attempt 1 of 2 of an assignment.').waitFor()
  await press(ada, 'Start lab')
  await shows(ada, /root@server.*#/, 120_000)
})

/** Right for every variant: the ceiling raised, Puma's own backlog gone, and a new listen. */
const fix = `echo net.core.somaxconn=4096 > /etc/sysctl.d/99-fix.conf; sysctl -q -p /etc/sysctl.d/99-fix.conf; sed -i 's/?backlog=[0-9]*//' /etc/puma/puma.rb; rm -f $(grep -l somaxconn /etc/sysctl.d/* | grep -v 99-fix); systemctl restart puma`

/** It says what was wrong until it is closed; the focus goes to what stands above. */
async function closeNote(): Promise<void> {
  await press(ada, 'Close this message')
  await ada.getByRole('alert').filter({ hasText: 'nothing was handed in yet' }).waitFor({ state: 'detached' })
  await expect.poll(() => ada.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tab')
}

test('a check does not end it, and the live map stays hidden although a diagnosis was judged', async () => {
  await ada.locator('.terminal-screen:visible .xterm-screen').first().click()
  const limit = /LISTEN\s+\d+\s+(\d+)\s+0\.0\.0\.0:80/.exec(await runs(ada, 'ss -lnt'))?.[1] ?? ''
  const counters = await runs(ada, 'nstat -az TcpExtListenOverflows')
  await ada.getByRole('tab', { name: 'Diagnosis' }).click()
  await ada.locator('#diagnosis-stage').selectOption('accept-queue')
  await ada.locator('#diagnosis-counter').fill('TcpExtListenOverflows')
  await ada.keyboard.press('Escape')
  // Half a diagnosis is not handed in by accident.
  await press(ada, 'Hand in')
  await ada.getByText('The diagnosis is not complete, so nothing was handed in yet.').waitFor()
  await closeNote()
  // Nor on a phone without a word, whichever part is in view.
  await ada.setViewportSize({ width: 320, height: 700 })
  await ada.getByRole('tab', { name: 'Ticket' }).click()
  await press(ada, 'Hand in')
  await ada.getByRole('alert').filter({ hasText: 'nothing was handed in yet' }).waitFor()
  await picture(ada, 'incomplete-320')
  await closeNote()
  await ada.setViewportSize({ width: 1440, height: 900 })
  await ada.locator('#diagnosis-value').fill(/TcpExtListenOverflows\s+(\d+)/.exec(counters)?.[1] ?? '')
  await ada.getByText(/^It is not complete\. Should your time be up first/).waitFor()
  const kept = ada.waitForResponse(/\/api\/attempts\/[0-9a-f-]+\/answers$/)
  await ada.locator('#diagnosis-limit').fill(limit)
  expect((await kept).status()).toBe(200)
  expect((await kept).request().postDataJSON().answers).toMatchObject({ limit: Number(limit) })
  await ada.getByText('Should your time be up first, what stands here is handed in.').waitFor()
  await press(ada, 'Check')
  await ada.locator('#pane-verdict .criterion').first().waitFor({ timeout: 90_000 })
  await ada.getByText('This assignment hides the live map.').waitFor()
  // Long enough for whoever may see them to have had some.
  await ada.waitForTimeout(4_000)
  expect(await ada.locator('.live-map').count()).toBe(0)
  expect([...told]).toEqual(expect.arrayContaining(['status', 'world']))
  expect(told.has('counters')).toBe(false)
})

test('handing in says what it freezes, and leads to the verdict and how the grade came about', {
  timeout: 240_000,
}, async () => {
  await ada.locator('.terminal-screen:visible .xterm-screen').first().click()
  await runs(ada, fix)
  await press(ada, 'Hand in')
  const asked = ada.getByRole('alertdialog')
  await asked.getByText(/frozen as it is now/).waitFor()
  await asked.getByText(/your diagnosis is handed in with it/).waitFor()
  await picture(ada, 'hand-in')
  await asked.getByRole('button', { name: 'Hand in' }).click()
  await ada.waitForURL(new RegExp(`${assignment}$`), { timeout: 120_000 })
  await expect
    .poll(
      async () => {
        await ada.reload()
        return ada.getByRole('table', { name: 'How it came about' }).count()
      },
      { timeout: 120_000, interval: 2_000 },
    )
    .toBe(1)
  await ada.getByText('1 attempt of 2 left').waitFor()
  await ada.getByText('this one counts').waitFor()
  await ada.locator('summary', { hasText: 'The verdict' }).click()
  await ada.locator('.protocol .criterion').first().waitFor()
  await picture(ada, 'graded')
})

test('the gradebook shows it, filters, and is a table for the keyboard', async () => {
  await go(teacher, `${cohort}/gradebook`)
  const grid = teacher.getByRole('grid', { name: 'Gradebook' })
  expect(await grid.getAttribute('aria-rowcount')).toBe('3')
  await grid.getByRole('rowheader', { name: 'Ada Lovelace' }).waitFor()
  await teacher.getByLabel('With a lab that is').selectOption('not_started')
  await teacher.getByText('No learner is like that.').waitFor()
  await teacher.getByLabel('With a lab that is').selectOption('submitted')
  await grid.getByRole('rowheader', { name: 'Ada Lovelace' }).waitFor()
  await picture(teacher, 'gradebook')
  await grid.getByRole('rowheader', { name: 'Ada Lovelace' }).click()
  await teacher.keyboard.press('ArrowRight')
  await teacher.keyboard.press('Enter')
  const sheet = teacher.getByRole('dialog', { name: 'Ada Lovelace' })
  await sheet.waitFor()
  await picture(teacher, 'cell')
  const [download] = await Promise.all([
    teacher.waitForEvent('download'),
    (async () => {
      await teacher.keyboard.press('Escape')
      await sheet.waitFor({ state: 'hidden' })
      await expect
        .poll(() => teacher.evaluate(() => document.activeElement?.getAttribute('data-cell')))
        .toBe('0-1')
      await follow(teacher, 'All of it as CSV')
    })(),
  ])
  expect(download.suggestedFilename()).toBe('gradebook.csv')
})

test('the dispute view has criteria, evidence, and the terminal with its counters on one scrubber', async () => {
  await go(teacher, `${cohort}/gradebook`)
  await teacher.locator('[data-cell="0-1"]').click()
  await follow(teacher, 'Look at what was handed in')
  await teacher.waitForURL(/\/submissions\//)
  submission = new URL(teacher.url()).pathname
  await teacher.getByRole('heading', { name: 'Ada Lovelace' }).waitFor()
  await teacher.locator('.protocol .criterion').first().waitFor()
  await teacher.getByRole('table', { name: /What the clients met/ }).waitFor()
  const scrubber = teacher.getByRole('slider', { name: 'Time' })
  await scrubber.waitFor({ timeout: 30_000 })
  await scrubber.focus()
  await teacher.keyboard.press('End')
  await press(teacher, 'As text')
  await expect
    .poll(() => teacher.getByRole('group', { name: 'The screen at this moment' }).textContent())
    .toMatch(/done-\d+/)
  await press(teacher, 'As a screen')
  await teacher.locator('.live-map').waitFor()
  await teacher.keyboard.press('Home')
  await picture(teacher, 'dispute')
  const evidence = (page: Page) =>
    page.request.get(`${ringside.address}/api${submission}/evidence`, {
      headers: { origin: ringside.address },
    })
  expect(Object.keys(await (await evidence(teacher)).json())).toEqual(['before', 'after'])
  // Not even the learner whose work it is.
  expect((await go(ada, submission))?.status()).toBe(404)
  expect((await evidence(ada)).status()).toBe(404)
})

test('the teacher sets another grade with a reason, which the learner reads', async () => {
  await teacher.locator('summary', { hasText: 'Set the grade' }).click()
  await teacher.getByLabel('Percent of the full mark').fill('much')
  await press(teacher, 'Set the grade')
  await teacher.getByText(/Give a number from 0 to 100/).waitFor()
  await teacher.getByText(/Write why: it stands in the log/).waitFor()
  expect(await teacher.getByLabel('Percent of the full mark').inputValue()).toBe('much')
  await teacher.getByLabel('Percent of the full mark').fill('55')
  await teacher.getByLabel('Why', { exact: true }).fill('The fix was seen in class.')
  await press(teacher, 'Set the grade')
  await teacher.getByText(/Set by an instructor, .* counts/).waitFor()
  await go(ada, assignment)
  await ada.getByText('The fix was seen in class.').waitFor()
  await ada.getByText('55 % so far').waitFor()
})

test('judging again shows who would change before anything is changed, and leaves an instructor’s word alone', async () => {
  await go(teacher, `${assignment}/regrade`)
  await press(teacher, 'Show who would change')
  await teacher.getByText('1 left as they are: an instructor has set their grade.').waitFor()
  await go(teacher, submission)
  await follow(teacher, 'Judge it again')
  await teacher.getByText(/What Ada Lovelace handed in/).waitFor()
  await press(teacher, 'Show who would change')
  await teacher.getByRole('row', { name: /Ada Lovelace/ }).waitFor()
  await picture(teacher, 'regrade')
  await go(ada, assignment)
  await ada.getByText('55 % so far').waitFor()
  await press(teacher, 'Change this one')
  await teacher.getByText('One was changed. It stands in the log.').waitFor()
  await go(ada, assignment)
  await ada.getByText('It was judged again from what was kept.').waitFor()
  await go(teacher, `${cohort}/log`)
  for (const sentence of [/set the grade of Ada Lovelace/, /judged “Where it is lost” again: 1 of 1 changed/])
    await teacher.getByText(sentence).waitFor()
})

test('other terms for one learner, and excusing her', async () => {
  await go(teacher, `${assignment}/extensions`)
  await follow(teacher, 'Other terms of Ada Lovelace')
  await teacher.getByLabel('Due', { exact: true }).fill('2099-07-08T18:00')
  await press(teacher, 'Give these terms')
  await teacher.getByText(/Write why: it stands in the log/).waitFor()
  await teacher.getByLabel('Why').fill('Ill')
  await press(teacher, 'Give these terms')
  await teacher.getByText('These terms hold from now on.').waitFor()
  await go(ada, assignment)
  await ada.getByText('Due Wed, 8 Jul 2099, 18:00 (Europe/Berlin)').waitFor()
  await ada.getByText(/These dates are yours/).waitFor()
  await go(teacher, `${cohort}/gradebook`)
  await teacher.locator('[data-cell="0-1"]').click()
  const form = teacher.getByRole('form', { name: 'Excuse' })
  await form.getByLabel('Why').fill('Ill for long')
  await form.getByRole('button', { name: 'Excuse' }).click()
  await teacher.locator('[data-cell="0-1"]', { hasText: 'excused' }).waitFor()
  await go(ada, assignment)
  await ada
    .getByText(/You are excused from this assignment/)
    .first()
    .waitFor()
})

test.each(['light', 'dark'] as const)(
  'every page fits 320 pixels, and axe has nothing to say, %s',
  {
    timeout: 240_000,
  },
  async (colorScheme) => {
    const narrow = { colorScheme, viewport: { width: 320, height: 700 } }
    const pages: [Page, string[]][] = [
      [
        await device({ ...narrow, storageState: await teacher.context().storageState() }),
        [
          ...['/assignments', '/assignments/new', '/gradebook'].map((part) => `${cohort}${part}`),
          ...['', '/edit', '/extensions', '/regrade'].map((part) => `${assignment}${part}`),
          submission,
        ],
      ],
      [
        await device({ ...narrow, storageState: await ada.context().storageState() }),
        [`${cohort}/assignments`, assignment],
      ],
    ]
    for (const [page, paths] of pages) {
      for (const path of paths) {
        await go(page, path)
        await page.waitForLoadState('networkidle')
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        expect([path, width]).toEqual([path, 320])
        expect([path, await axeSays(page)]).toEqual([path, []])
        await picture(page, `${colorScheme}-320-${path}`)
        if (!process.env.RINGSIDE_PICTURES) continue
        await page.setViewportSize({ width: 1440, height: 900 })
        await picture(page, `${colorScheme}-1440-${path}`)
        await page.setViewportSize({ width: 320, height: 700 })
      }
      await page.context().close()
    }
  },
)

const picture = (page: Page, name: string) => takePicture(page, `grades-${name}`, { fullPage: true })
