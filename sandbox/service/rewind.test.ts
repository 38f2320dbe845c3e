/** The shells of a machine that goes back to a moment: the list, their names, their sizes, their recordings. No VM; everything else is real. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { type CastEvent, CastReader, clearScreen } from '../asciicast.ts'
import { until } from '../image/test/harness.fixture.ts'
import { ServiceBench } from './bench.fixture.ts'
import type { Page } from './page.fixture.ts'
import { recordingsFolder } from './recordings.ts'
import { minute, open, programs, size, watch } from './shells.fixture.ts'

async function cast(bench: ServiceBench, terminal: number): Promise<CastEvent[]> {
  const file = path.join(recordingsFolder(bench.home, bench.sandbox), `0-${terminal}.cast`)
  const reader = new CastReader()
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
  return lines.map((line) => reader.line(line)).filter((event) => event !== null)
}

const of = (events: CastEvent[], code: CastEvent[1]) =>
  events.flatMap(([, kind, data]) => (kind === code ? [data] : []))
const textOf = (events: CastEvent[]) => of(events, 'o').join('')
const marksOf = (events: CastEvent[]) => of(events, 'm').map((mark) => mark.replace(/byte \d+/, 'byte N'))

async function saved(bench: ServiceBench, name: string): Promise<number> {
  // The start is kept by itself, a moment after the machine is ready.
  await until(async () => (await bench.client.status(bench.sandbox)).rewind.moments.length > 0)
  const { rewind } = await bench.client.saveMoment(bench.sandbox, name)
  return rewind.moments.at(-1)?.id ?? 0
}

/** Goes back, and waits until the page has drawn the moment. */
async function back(bench: ServiceBench, page: Page, moment: number): Promise<void> {
  const { clears } = page
  await bench.client.backTo(bench.sandbox, moment, null)
  await until(() => page.clears > clears && page.state.phase === 'live')
}

test('one that was closed since is back under its number and its name, one that was opened since is gone', {
  timeout: minute,
}, async () => {
  await using bench = await ServiceBench.start(programs)
  const { client, sandbox } = bench
  const { list } = await watch(bench)
  const first = await open(bench, 'first')
  const second = await open(bench, 'second', { ...(await client.openTerminal(sandbox, size)) })
  await client.renameTerminal(sandbox, 2, 'logs')
  const moment = await saved(bench, 'two')
  await client.closeTerminal(sandbox, 2, true)
  await until(() => second.state.phase === 'closed')
  const { terminal } = await client.openTerminal(sandbox, size)
  expect(terminal).toBe(3)
  const third = await open(bench, 'third', { terminal })
  await client.renameTerminal(sandbox, 3, 'of the future')
  await until(() => list().at(-1)?.name === 'of the future')

  await back(bench, first, moment)
  const past = [
    { terminal: 1, name: null, state: 'open', status: null },
    { terminal: 2, name: 'logs', state: 'open', status: null },
  ]
  await until(() => list().length === 2 && list()[1]?.terminal === 2)
  expect(list()).toEqual(past)
  await until(() => third.state.phase === 'closed')
  const again = await open(bench, 'second', { terminal: 2, generation: 0 })
  expect(again.state.phase).toBe('live')
  expect((await open(bench, 'late', { terminal: 3 })).state.phase).toBe('closed')
  // The next service knows the same, and the next shell gets a number that none ever had.
  await bench.kill()
  await bench.boot()
  const { list: later } = await watch(bench)
  await until(() => later().length === 2)
  expect(later()).toEqual(past)
  expect(await client.openTerminal(sandbox, size)).toEqual({ terminal: 4 })
})

test('the size is that of the windows, not that of the moment', { timeout: minute }, async () => {
  await using bench = await ServiceBench.start(programs)
  const page = await open(bench, 'one', { size: { cols: 90, rows: 25 } })
  await page.shows(/[$#] $/)
  const moment = await saved(bench, 'narrow')
  page.session.resize(120, 40)
  await until(() => page.state.size?.cols === 120)
  await back(bench, page, moment)
  expect(page.state.size).toEqual({ cols: 120, rows: 40 })
  await until(async () => of(await cast(bench, 1), 'r').length === 4)
  expect(of(await cast(bench, 1), 'r')).toEqual(['90x25', '120x40', '90x25', '120x40'])
  page.session.type('stty size\r')
  await page.shows(/\D40 120\r/)
})

test('are recorded on: each return with a mark and an empty screen, then what every page shows, nothing twice', {
  timeout: 2 * minute,
}, async () => {
  await using bench = await ServiceBench.start(programs)
  const { client, sandbox } = bench
  const page = await open(bench, 'one')
  await page.shows(/[$#] $/)
  page.session.type("echo p''ast\r")
  await page.shows(/past\r\n.*[$#] $/)
  const moment = await saved(bench, 'a moment')
  page.session.type("echo f''uture\r")
  await page.shows(/future\r\n.*[$#] $/)
  const future = page.text
  await back(bench, page, moment)
  await page.shows(/past\r\n.*[$#] $/)
  page.session.type("echo a''fter\r")
  await page.shows(/after\r\n/)
  await client.dropMoment(sandbox, moment)
  await until(async () => marksOf(await cast(bench, 1)).at(-1) === 'moment deleted: a moment')
  await until(async () => textOf(await cast(bench, 1)).includes('after\r\n'))

  const events = await cast(bench, 1)
  const [before, since, ...more] = textOf(events).split(clearScreen)
  expect(more).toEqual([])
  expect(before).toBe(Buffer.from(future, 'latin1').toString())
  expect(since).not.toContain('future')
  await until(async () => textOf(await cast(bench, 1)).split(clearScreen)[1] === page.bytes.toString())
  expect(marksOf(events)).toEqual([
    'moment saved: a moment',
    'back at a moment: return 1, byte N',
    'went back to: a moment',
    'moment deleted: a moment',
  ])

  // A service that was killed goes on in the same past, and one that was away during a return notices it.
  await bench.kill()
  await bench.boot()
  page.session.type("echo n''ext\r")
  await page.shows(/next\r\n.*[$#] $/)
  await until(async () => textOf(await cast(bench, 1)).split(clearScreen)[1] === page.bytes.toString())
  const second = await saved(bench, 'second')
  await until(async () => marksOf(await cast(bench, 1)).at(-1) === 'moment saved: second')
  await bench.kill()
  const link = bench.world.link()
  await link.backTo(second)
  link.close()
  await bench.boot()
  await until(() => page.state.phase === 'live')
  page.session.type("echo w''oken\r")
  await page.shows(/woken\r\n/)
  await until(async () => textOf(await cast(bench, 1)).split(clearScreen)[2] === page.bytes.toString())
  expect(marksOf(await cast(bench, 1)).slice(4)).toEqual([
    'moment saved: second',
    'back at a moment: return 2, byte N',
  ])
})

test('one that has ended since lives again, for its pages and in its recording', {
  timeout: minute,
}, async () => {
  await using bench = await ServiceBench.start(programs)
  const { list } = await watch(bench)
  const page = await open(bench, 'one')
  await page.shows(/[$#] $/)
  const moment = await saved(bench, 'alive')
  page.session.type('exit 5\r')
  await until(() => page.state.phase === 'closed' && list()[0]?.state === 'ended')
  await until(async () => marksOf(await cast(bench, 1)).includes('shell ended: 5'))
  await bench.client.backTo(bench.sandbox, moment, null)
  await until(() => list()[0]?.state === 'open')
  // As the page does when the list says so.
  page.session.open()
  await until(() => page.state.phase === 'live')
  expect(page.text).not.toContain('exit 5')
  await until(async () => textOf(await cast(bench, 1)).split(clearScreen)[1] === page.bytes.toString())
  expect(marksOf(await cast(bench, 1))).toEqual([
    'moment saved: alive',
    'shell ended: 5',
    'back at a moment: return 1, byte N',
    'went back to: alive',
  ])
})
