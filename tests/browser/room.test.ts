/**
 * A short workshop: the instructor opens the room and leads, a learner hears it on whatever page, raises a hand, is brought along; the app is killed in the
 * middle and everybody is back by themselves. Two browsers, the real app, no machine. With RINGSIDE_PICTURES there are pictures.
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findPostmaster } from '../../classroom/postgres/postmaster.ts'
import { axeSays } from '../support/axe.ts'
import { answers, startBrowser, takePicture, visit } from '../support/browser.ts'
import { joinCohort, openCohort, press } from '../support/cohort.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'
import { freePort } from '../support/service.ts'

let ringside: TestRingside
let browser: Browser
let teacher: Page
let ada: Page
/** Of the cohort's pages, and the link by which one joins it. */
let cohort = ''
let joinLink = ''

beforeAll(async () => {
  ringside = await startRingside({ port: await freePort(), mode: 'classroom' })
  browser = await startBrowser()
  teacher = await device({ viewport: { width: 1440, height: 900 } })
  await visit(teacher, ringside.signInAddress)
  ;({ cohort, joinLink } = await openCohort(teacher, ringside.address))
}, 1_200_000)

afterAll(async () => {
  await browser?.close()
  await ringside?.[Symbol.asyncDispose]()
})

async function device(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  context.setDefaultTimeout(20_000)
  return context.newPage()
}

async function joined(name: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await device(options)
  await joinCohort(page, joinLink, name)
  return page
}

const go = (page: Page, to: string) => visit(page, `${ringside.address}${to}`)
const bar = (page: Page) => page.getByRole('region', { name: 'Workshop room' })
const tile = (name: string) => teacher.locator('.wall-tile').filter({ hasText: name })
const part = (title: string) => teacher.locator('.lead-part').filter({ hasText: title })

async function openPart(title: string): Promise<void> {
  const one = part(title)
  if ((await one.getAttribute('open')) === null) await one.locator('summary').click()
}

/** How long it takes until what was done is seen, in ms. */
async function timeTo(deed: () => Promise<unknown>, seen: () => Promise<unknown>): Promise<number> {
  await deed()
  const began = Date.now()
  await seen()
  return Date.now() - began
}

test('a learner’s page has no room before it is open, and nobody else may open or see it', async () => {
  ada = await joined('Ada Lovelace')
  await go(ada, '/chapters/nic')
  await ada.locator('.prose h2').first().waitFor()
  expect(await bar(ada).count()).toBe(0)
  expect((await go(ada, `${cohort}/room`))?.status()).toBe(404)
  const wall = await ada.request.get(`${ringside.address}/api${cohort}/room/wall`)
  expect(wall.status()).toBe(404)
  const open = await ada.request.post(`${ringside.address}/api${cohort}/room/tell`, {
    headers: { origin: ringside.address },
    data: { kind: 'message', text: 'from nobody' },
  })
  expect(open.status()).toBe(404)
})

test('the instructor opens it: the bar comes on the page that is open, and the learner is on the wall', async () => {
  await go(ada, '/chapters/nic')
  await go(teacher, `${cohort}/room`)
  await press(teacher, 'Open the room')
  await bar(ada).getByText('Autumn').waitFor()
  await tile('Ada Lovelace')
    .getByText(/ring that is filled/i)
    .waitFor()
  await teacher.getByText('1 of 1 here').waitFor()
})

test('a tile shows where somebody goes within two seconds', async () => {
  // How long the page itself takes to be drawn is not the wall's.
  const ms = await timeTo(
    async () => {
      await ada.getByRole('link', { name: 'Course', exact: true }).first().click()
      await ada.waitForURL(/\/course$/)
    },
    () => tile('Ada Lovelace').getByText('elsewhere in Ringside').waitFor(),
  )
  expect(ms).toBeLessThan(4_000)
  await go(ada, '/chapters/nic')
})

test('a message and a command come to every page; the command is copied, and what was seen stays seen', async () => {
  await ada.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openPart('Tell everybody')
  await teacher.getByLabel('Text', { exact: true }).fill('Look at the ring first.')
  await press(teacher, 'Send')
  await bar(ada).getByText('Look at the ring first.').waitFor()
  await teacher.getByLabel('As', { exact: true }).selectOption('command')
  await teacher.getByLabel('Text', { exact: true }).fill('ethtool -g eth0')
  await press(teacher, 'Send')
  const command = bar(ada).locator('.room-notice').filter({ hasText: 'ethtool' })
  await command.getByRole('button', { name: /^Copy/ }).click()
  await expect.poll(() => ada.evaluate(() => navigator.clipboard.readText())).toBe('ethtool -g eth0')
  for (const notice of ['Look at the ring first.', 'ethtool'])
    await bar(ada)
      .locator('.room-notice')
      .filter({ hasText: notice })
      .getByRole('button', { name: 'Seen' })
      .click()
  await ada.reload()
  await answers(ada)
  await bar(ada).getByText('Autumn').waitFor()
  await ada.waitForTimeout(1_000)
  expect(await bar(ada).locator('.room-notice').count()).toBe(0)
  await bar(ada).getByRole('button', { name: 'Messages so far' }).click()
  await bar(ada).getByText('Look at the ring first.').waitFor()
  await bar(ada).getByRole('button', { name: 'Messages so far' }).click()
})

test('raised hands are a queue: everybody knows their place, and who was helped is off it', async () => {
  const grace = await joined('Grace Hopper', { viewport: { width: 320, height: 700 } })
  await press(ada, 'Raise hand')
  await bar(ada).getByText('Your hand is up: you are next.').waitFor()
  await grace.getByRole('button', { name: /Raise hand/ }).click()
  await grace.getByText('Your hand is up: 2nd of 2.').waitFor({ state: 'attached' })
  const queue = teacher.locator('section').filter({ hasText: 'Raised hands' }).locator('ol > li')
  await queue.nth(1).waitFor()
  expect(await queue.allTextContents()).toEqual([
    expect.stringContaining('Ada Lovelace'),
    expect.stringContaining('Grace Hopper'),
  ])
  await teacher.getByText('Grace Hopper raised a hand. 2 hands are up.').waitFor({ state: 'attached' })
  await teacher.getByRole('button', { name: 'Ada Lovelace was helped: lower the hand' }).click()
  await grace.getByText('Your hand is up: you are next.').waitFor({ state: 'attached' })
  await ada.getByRole('button', { name: 'Raise hand' }).waitFor()
  expect(await grace.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  await picture(grace, 'learner-320')
  await grace.context().close()
  await tile('Grace Hopper').getByText('not here').waitFor()
})

test('a timed exercise is in the bar, and more time is for everybody', async () => {
  await openPart('Timed exercise')
  await teacher.getByLabel('What to do', { exact: true }).fill('Find the full queue')
  await teacher.getByLabel('Minutes', { exact: true }).fill('1')
  await press(teacher, 'Start')
  await bar(ada)
    .getByText(/^Find the full queue: (1:00|0:5\d)$/)
    .waitFor()
  await press(teacher, '5 min more for everybody')
  await bar(ada)
    .getByText(/^Find the full queue: [56]:\d\d$/)
    .waitFor()
  await picture(teacher, 'wall-1440')
  await press(teacher, 'Stop')
  await bar(ada).getByText('Find the full queue').waitFor({ state: 'detached' })
})

test('a hint is shown to all, and costs nobody a hint', async () => {
  await openPart('Show to everybody')
  await part('Show to everybody').locator('select').first().selectOption('accept-queue')
  await press(teacher, 'Show')
  const notice = bar(ada).locator('.room-notice').filter({ hasText: 'Hint 1' })
  await notice.locator('summary').click()
  await notice.locator('.room-revealed').waitFor()
  await notice.getByRole('button', { name: 'Seen' }).click()
  const hidden = await ada.request.post(`${ringside.address}/api/room/revealed`, {
    headers: { origin: ringside.address },
    data: { cohort: cohort.split('/').at(-1), lab: 'accept-queue', hint: 2 },
  })
  expect(hidden.status()).toBe(404)
})

test('everybody is brought along unless they decline, and nobody twice', async () => {
  await openPart('Bring everybody to')
  const bring = async (item: string) => {
    await teacher.getByLabel('Chapter or lab').selectOption(item)
    await press(teacher, 'Bring everybody')
  }
  await go(ada, '/course')
  await bring('lab:accept-queue')
  await press(ada, 'Stay here')
  await ada.waitForTimeout(11_000)
  expect(new URL(ada.url()).pathname).toBe('/course')
  await bring('chapter:softirq')
  // Ten seconds in which it can be declined, then the page.
  await ada.waitForURL(/\/chapters\/softirq$/, { timeout: 40_000 })
  await go(ada, '/course')
  await bar(ada).getByText('Autumn').waitFor()
  await ada.waitForTimeout(1_000)
  expect(await bar(ada).locator('.room-notice').count()).toBe(0)
  await bring('chapter:nic')
  await press(ada, 'Go there')
  await ada.waitForURL(/\/chapters\/nic$/)
})

test('the app is killed: learner and wall are back by themselves within ten seconds of its return, and nothing is lost', async () => {
  // Grace has closed her page; her hand is up all the same.
  await press(ada, 'Raise hand')
  await bar(ada).getByText('Your hand is up: 2nd of 2.').waitFor()
  await tile('Ada Lovelace').getByText('hand up, 2nd').waitFor({ state: 'attached' })
  const lock = JSON.parse(await readFile(path.join(ringside.home, 'up.lock'), 'utf8')) as {
    children: { name: string; pid: number }[]
  }
  const app = lock.children.find(({ name }) => name === 'app')
  process.kill(app?.pid ?? 0, 'SIGKILL')
  await teacher.getByText('The connection is lost.').waitFor()
  // How long the app takes to stand again is the host's; the pages' own is what comes after.
  const isUp = () =>
    fetch(`${ringside.address}/api/health`).then(
      ({ ok }) => ok,
      () => false,
    )
  const ms = await timeTo(
    () => expect.poll(isUp, { timeout: 90_000 }).toBe(true),
    async () => {
      await teacher.getByText('The connection is lost.').waitFor({ state: 'detached' })
      await tile('Ada Lovelace')
        .getByText(/ring that is filled/i)
        .waitFor()
    },
  )
  expect(ms).toBeLessThan(10_000)
  await tile('Ada Lovelace').getByText('hand up, 2nd').waitFor({ state: 'attached' })
  await press(ada, 'Lower hand')
  await bar(ada).getByText('Your hand is up').waitFor({ state: 'detached' })
  await tile('Ada Lovelace').getByText('hand up, 2nd').waitFor({ state: 'detached' })
})

test('the database is killed: it is started again, and what is done then is kept and shown', {
  timeout: 240_000,
}, async () => {
  const postmaster = await findPostmaster(await ringside.databaseFolder())
  process.kill(postmaster?.pid ?? 0, 'SIGKILL')
  await expect.poll(() => ringside.log(), { timeout: 90_000 }).toContain('The database server is up again.')
  const ms = await timeTo(
    () => press(ada, 'Raise hand'),
    () => tile('Ada Lovelace').getByText('hand up, 2nd').waitFor({ state: 'attached' }),
  )
  expect(ms).toBeLessThan(10_000)
  await press(ada, 'Lower hand')
  await tile('Ada Lovelace').getByText('hand up, 2nd').waitFor({ state: 'detached' })
})

test('the wall is sorted, filtered and narrowed to a stage by keyboard', async () => {
  await teacher.getByLabel('Show', { exact: true }).selectOption('away')
  expect(await teacher.locator('.wall-tile h3').allTextContents()).toEqual(['Grace Hopper'])
  await teacher.getByLabel('Show', { exact: true }).selectOption('all')
  await teacher.getByLabel('Order', { exact: true }).selectOption('name')
  expect(await teacher.locator('.wall-tile h3').allTextContents()).toEqual(['Ada Lovelace', 'Grace Hopper'])
  const stage = teacher.getByRole('button', { name: /^[A-Z].*: 1 learner here/ }).first()
  await stage.focus()
  await teacher.keyboard.press('Enter')
  await teacher.getByText('1 of 2 learners shown').waitFor()
  await teacher.keyboard.press('Enter')
  await teacher.getByText('2 learners', { exact: true }).waitFor()
})

test('the check page tries the device, and the instructor sees it', async () => {
  await go(ada, '/check')
  await ada.getByLabel('Type this line').fill("ss -lnt | grep ':80' > ~/a_b")
  await press(ada, 'Copy a word')
  await expect.poll(() => ada.getByText('works', { exact: true }).count()).toBe(5)
  await ada.getByText('Your instructor sees this result.').waitFor()
  await go(teacher, `${cohort}/room/before`)
  const row = teacher.getByRole('row', { name: /^Ada Lovelace/ })
  expect(await row.getByText('works').count()).toBe(5)
  await teacher.getByText('1 of 2 have checked').waitFor()
})

test('seats are reserved by the cohort’s clock and given up', async () => {
  await go(teacher, `${cohort}/room/before`)
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  await teacher.getByRole('spinbutton', { name: 'Seats' }).fill('12')
  await teacher.getByLabel('Ready by').fill(`${tomorrow}T09:00`)
  await teacher.getByLabel('Until').fill(`${tomorrow}T17:00`)
  await press(teacher, 'Reserve')
  await teacher.getByText(/^12 seats of /).waitFor()
  await teacher.getByText(/ready by .*09:00, until .*17:00/).waitFor()
  await teacher.getByRole('button', { name: /^Give up the seats/ }).click()
  await teacher.getByText('No seats are reserved.').waitFor()
})

test.each(['light', 'dark'] as const)(
  'wall, bar and check page fit every width, and axe has nothing to say, %s',
  async (colorScheme) => {
    const teacherState = await teacher.context().storageState()
    const adaState = await ada.context().storageState()
    for (const width of [320, 1440, 2560]) {
      const viewport = { width, height: 900 }
      const wall = await device({ colorScheme, viewport, storageState: teacherState })
      for (const to of [`${cohort}/room`, `${cohort}/room/before`]) {
        await go(wall, to)
        if (to.endsWith('/room')) await wall.locator('.wall-tile').first().waitFor()
        expect([to, width, await wall.evaluate(() => document.documentElement.scrollWidth)]).toEqual([
          to,
          width,
          width,
        ])
        expect([to, width, await axeSays(wall)]).toEqual([to, width, []])
        await picture(wall, `${colorScheme}-${width}-${to.split('/').at(-1)}`)
      }
      await wall.context().close()
      const learner = await device({ colorScheme, viewport, storageState: adaState })
      for (const to of ['/chapters/nic', '/labs/accept-queue', '/check']) {
        await go(learner, to)
        await bar(learner).getByText('Autumn').waitFor()
        expect([to, width, await learner.evaluate(() => document.documentElement.scrollWidth)]).toEqual([
          to,
          width,
          width,
        ])
        expect([to, width, await axeSays(learner, '.room-bar')]).toEqual([to, width, []])
        await picture(learner, `${colorScheme}-${width}-learner-${to.split('/').at(-1)}`)
      }
      expect(await axeSays(learner)).toEqual([])
      await learner.context().close()
    }
  },
)

test('the room is closed: the bar goes, and the log has a sentence for everything', async () => {
  await go(ada, '/course')
  await bar(ada).getByText('Autumn').waitFor()
  await go(teacher, `${cohort}/room`)
  await teacher.locator('summary', { hasText: 'Close the room' }).click()
  await press(teacher, 'Close it for everybody')
  await teacher.getByRole('button', { name: 'Open the room' }).waitFor()
  await bar(ada).waitFor({ state: 'detached' })
  await go(teacher, `${cohort}/log`)
  for (const sentence of [
    'opened the workshop room',
    'told the room: Look at the ring first.',
    'gave the room a command: ethtool -g eth0',
    'lowered the hand of Ada Lovelace',
    'gave the room 5 more minutes',
    'showed the room hint 1 of accept-queue',
    'brought the room to chapter nic',
    'closed the workshop room',
  ])
    await teacher.getByText(sentence).first().waitFor()
})

const picture = (page: Page, name: string) => takePicture(page, `room-${name}`, { fullPage: true })
