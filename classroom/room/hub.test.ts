import { setTimeout as pause } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { CrowdedError, createHub, type RoomSources } from './hub.ts'
import type { LearnerFacts, MachineNow } from './state.ts'
import { applied } from './tiles.ts'
import type { LedView, SeatNews, SeatView, Tile, WallNews } from './view.ts'

const times = { tellMs: 10, readMs: 20, againMs: 60_000, machinesMs: 15 }
const led: LedView = {
  id: 'r',
  cohort: 'c',
  name: 'Autumn',
  openedAt: 1,
  lead: null,
  timer: null,
  messages: [],
  reveals: [],
  screen: null,
}

/** A second, as vitest has it, a busy host may take for itself. */
const soon = (check: () => void): Promise<void> => vi.waitFor(check, 20_000)

/** A database of one room that can be changed by hand, and a wall that keeps what it was told. */
function house() {
  const learner = (id: string): LearnerFacts => ({ id, name: id, place: null, attempt: null, machine: null })
  const database = {
    led: led as LedView | null,
    learners: [learner('ada'), learner('grace')],
    hidden: 0,
    hands: [] as { person: string; at: number }[],
  }
  const sources = {
    stored: vi.fn(async () => ({ type: 'stored' as const, ...structuredClone(database) })),
    machines: vi.fn(async (): Promise<MachineNow[]> => []),
    log: vi.fn(),
  } satisfies RoomSources
  return { database, sources, hub: createHub(sources, times) }
}

function wall() {
  let tiles: Tile[] = []
  const news: WallNews[] = []
  return {
    news,
    tile: (id: string) => tiles.find((one) => one.id === id),
    hear(text: string) {
      const one = JSON.parse(text) as WallNews
      news.push(one)
      tiles = applied(one.all ? [] : tiles, one)
    },
  }
}

function learnerPage() {
  const heard: (SeatView | null)[] = []
  return { heard, hear: (text: string) => void heard.push((JSON.parse(text) as SeatNews).seat) }
}

test('the wall hears everything at first, then what has changed, and many events make one telling', async () => {
  const { hub, database, sources } = house()
  const shown = wall()
  const stop = hub.watch('c', shown.hear)
  await soon(() => expect(shown.news).toHaveLength(1))
  expect(shown.news[0]).toMatchObject({
    led: { name: 'Autumn' },
    hidden: 0,
    tiles: [{ id: 'ada' }, { id: 'grace' }],
  })
  const leave = [1, 2, 3].map(() => hub.sit(['c'], { person: 'ada', item: 'chapter:nic' }, () => {}))
  database.hands = [{ person: 'grace', at: 5 }]
  hub.changed('c')
  await soon(() => expect(shown.tile('grace')?.hand).toBe(1))
  expect(shown.tile('ada')).toMatchObject({ online: true, item: 'chapter:nic' })
  expect(shown.news.length).toBeLessThanOrEqual(3)
  expect(shown.news.slice(1).every((one) => one.led === undefined)).toBe(true)
  for (const one of leave) one()
  await soon(() => expect(shown.tile('ada')?.online).toBe(false))
  const reads = sources.stored.mock.calls.length
  stop()
  hub.changed('c')
  await pause(40)
  expect(sources.stored.mock.calls.length).toBe(reads)
})

test('who comes while the room is read is not forgotten', async () => {
  const { hub, sources, database } = house()
  const shown = wall()
  let read = (): void => {}
  sources.stored.mockImplementation(async () => {
    await new Promise<void>((resolve) => {
      read = resolve
    })
    return { type: 'stored' as const, ...structuredClone(database) }
  })
  const stop = hub.watch('c', shown.hear)
  await soon(() => expect(sources.stored).toHaveBeenCalledTimes(1))
  const leave = hub.sit(['c'], { person: 'ada', item: null }, () => {})
  read()
  await soon(() => expect(shown.tile('ada')?.online).toBe(true))
  leave()
  stop()
})

test('a second wall hears all of what the first was told', async () => {
  const { hub } = house()
  const [first, second] = [wall(), wall()]
  const stop = hub.watch('c', first.hear)
  await soon(() => expect(first.news).toHaveLength(1))
  const stopSecond = hub.watch('c', second.hear)
  expect(second.news).toHaveLength(1)
  expect(second.tile('ada')).toEqual(first.tile('ada'))
  stop()
  stopSecond()
})

test('a learner hears of their hand, of the end of the room, and nothing that does not concern them', async () => {
  const { hub, database } = house()
  const page = learnerPage()
  const leave = hub.sit(['c'], { person: 'ada', item: null }, page.hear)
  await soon(() => expect(page.heard).toHaveLength(1))
  expect(page.heard[0]).toMatchObject({ room: { name: 'Autumn' }, hand: null })
  hub.changed('c')
  await pause(40)
  expect(page.heard).toHaveLength(1)
  database.hands = [
    { person: 'grace', at: 1 },
    { person: 'ada', at: 2 },
  ]
  hub.changed('c')
  await soon(() => expect(page.heard.at(-1)).toMatchObject({ hand: { place: 2, of: 2 } }))
  database.led = null
  hub.changed('c')
  await soon(() => expect(page.heard.at(-1)).toBeNull())
  leave()
})

test('of several cohorts it is the room that was opened last, and none is told once all have none', async () => {
  const { sources, database } = house()
  const open: Record<string, LedView | null> = {
    old: { ...led, id: 'old' },
    new: { ...led, id: 'new', openedAt: 2 },
  }
  const stored = async (cohort: string) => ({
    type: 'stored' as const,
    ...structuredClone(database),
    led: open[cohort] ?? null,
  })
  const hub = createHub({ ...sources, stored }, times)
  const page = learnerPage()
  const leave = hub.sit(['old', 'new', 'none'], { person: 'ada', item: null }, page.hear)
  await soon(() => expect(page.heard.at(-1)?.room.id).toBe('new'))
  open.new = null
  hub.changed('new')
  await soon(() => expect(page.heard.at(-1)?.room.id).toBe('old'))
  open.old = null
  hub.changed('old')
  await soon(() => expect(page.heard.at(-1)).toBeNull())
  leave()
})

test('who has joined the cohort meanwhile, and who was removed from it, is seen at the next reading', async () => {
  const { hub, database } = house()
  const page = learnerPage()
  const leave = hub.sit(['c'], { person: 'new', item: null }, page.hear)
  await soon(() => expect(page.heard).toEqual([null]))
  database.learners.push({ id: 'new', name: 'new', place: null, attempt: null, machine: null })
  hub.changed('c')
  await soon(() => expect(page.heard.at(-1)).toMatchObject({ room: {} }))
  database.learners.pop()
  hub.changed('c')
  await soon(() => expect(page.heard.at(-1)).toBeNull())
  leave()
})

test('machines are asked for while a wall is looked at, and a service that is away leaves them unknown', async () => {
  const { hub, database, sources } = house()
  const attempt = {
    ...{ id: 'a1', lab: 'accept-queue', isOpen: true, startedAt: 1, criteria: null },
    ...{ progressAt: 1, passedAt: null, checkedAt: null },
  }
  database.learners[0] = { id: 'ada', name: 'ada', place: null, attempt, machine: null }
  sources.machines.mockResolvedValue([{ id: 'a1', state: 'running', losing: 'ring', lastSign: 9 }])
  const shown = wall()
  const stop = hub.watch('c', shown.hear)
  await soon(() => expect(shown.tile('ada')?.losing).toBe('ring'))
  expect(sources.machines).toHaveBeenCalledWith(['a1'])
  sources.machines.mockRejectedValue(new Error('away'))
  await soon(() => expect(shown.tile('ada')).toMatchObject({ machine: null, losing: null }))
  stop()
})

test('a database that does not answer is told once in the log, and everybody keeps what they have', async () => {
  const { hub, database, sources } = house()
  const shown = wall()
  const stop = hub.watch('c', shown.hear)
  await soon(() => expect(shown.news).toHaveLength(1))
  sources.stored.mockRejectedValueOnce(new Error('gone'))
  hub.changed('c')
  await soon(() => expect(sources.log).toHaveBeenCalledTimes(1))
  database.hands = [{ person: 'ada', at: 1 }]
  hub.changed('c')
  await soon(() => expect(shown.tile('ada')?.hand).toBe(1))
  stop()
})

test('what a learner does is read again, at most so often', async () => {
  const { hub, sources } = house()
  const shown = wall()
  const stop = hub.watch('c', shown.hear)
  const leave = hub.sit(['c'], { person: 'ada', item: null }, () => {})
  await soon(() => expect(shown.tile('ada')?.online).toBe(true))
  const before = sources.stored.mock.calls.length
  const began = performance.now()
  for (let n = 0; n < 50; n++) {
    hub.touched('ada')
    await pause(2)
  }
  hub.touched('stranger')
  const reads = sources.stored.mock.calls.length - before
  expect(reads).toBeGreaterThan(0)
  // On a busy host fifty pauses of 2 ms take as long as they like.
  expect(reads).toBeLessThanOrEqual((performance.now() - began) / times.readMs + 2)
  leave()
  stop()
})

test('where a page is that belongs to one cohort, no other hears', async () => {
  const { hub } = house()
  const [mine, other] = [wall(), wall()]
  const stop = [hub.watch('mine', mine.hear), hub.watch('other', other.hear)]
  const seat = { person: 'ada', item: 'lab:accept-queue', itemOf: 'mine' } as const
  const leave = hub.sit(['other', 'mine'], seat, () => {})
  await soon(() => expect(mine.tile('ada')).toMatchObject({ online: true, item: 'lab:accept-queue' }))
  await soon(() => expect(other.tile('ada')).toMatchObject({ online: true, item: null }))
  leave()
  for (const one of stop) one()
})

test('a crowd of pages of one person is refused, and nobody else is', () => {
  const { hub } = house()
  const sit = (person: string) => hub.sit(['c'], { person, item: null }, () => {})
  const leave = Array.from({ length: 12 }, () => sit('ada'))
  expect(() => sit('ada')).toThrow(CrowdedError)
  leave.push(sit('grace'))
  leave.shift()?.()
  leave.push(sit('ada'))
  for (const one of leave) one()
})

test('a cohort that is full keeps nobody out of another one', () => {
  const { hub } = house()
  const sit = (person: string, cohorts: string[]) => hub.sit(cohorts, { person, item: null }, () => {})
  const leave = Array.from({ length: 1_200 }, (_, n) => sit(`person ${n % 100}`, ['c']))
  expect(() => sit('ada', ['c'])).toThrow(CrowdedError)
  leave.push(sit('ada', ['other', 'c']))
  leave.shift()?.()
  leave.push(sit('ada', ['c']))
  for (const one of leave) one()
})
