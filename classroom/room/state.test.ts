import { expect, test } from 'vitest'
import {
  emptyRoom,
  type LearnerFacts,
  placeInQueue,
  type RoomEvent,
  type RoomState,
  reduce,
} from './state.ts'
import { stuckAmong } from './stuck.ts'
import { applied, newsBetween, seatOf, tilesOf } from './tiles.ts'
import type { LedView } from './view.ts'

const minute = 60_000
const now = 1_000 * minute
const led: LedView = {
  id: 'r',
  cohort: 'c',
  name: 'Autumn',
  openedAt: now,
  lead: null,
  timer: null,
  messages: [],
  reveals: [],
  screen: null,
}
const learner = (id: string, attempt: Partial<LearnerFacts['attempt']> | null = null): LearnerFacts => ({
  id,
  name: id.toUpperCase(),
  place: null,
  attempt: attempt && {
    id: `attempt-${id}`,
    lab: 'accept-queue',
    isOpen: true,
    startedAt: now - 20 * minute,
    criteria: null,
    progressAt: now - 20 * minute,
    passedAt: null,
    checkedAt: null,
    ...attempt,
  },
  machine: attempt && (attempt.isOpen ?? true) ? (attempt.lab ?? 'accept-queue') : null,
})
const stored = (learners: LearnerFacts[], hands: [string, number][] = []): RoomEvent => ({
  type: 'stored',
  led,
  learners,
  hidden: 0,
  hands: hands.map(([person, at]) => ({ person, at })),
})
const heard = (...events: RoomEvent[]): RoomState => events.reduce(reduce, emptyRoom)
const tile = (state: RoomState, id: string) => tilesOf(state, now).find((one) => one.id === id)

test('who has a page open is online, where that page is, and is not once the last one is closed', () => {
  const state = heard(
    stored([learner('a'), learner('b')]),
    { type: 'page', page: '1', person: 'a', item: 'lab:accept-queue', at: now },
    { type: 'page', page: '2', person: 'a', item: 'chapter:nic', at: now },
  )
  expect(tile(state, 'a')).toMatchObject({ online: true, item: 'lab:accept-queue', activeAt: now })
  expect(tile(state, 'b')).toMatchObject({ online: false, item: null, activeAt: null })
  const left = heard(stored([learner('a')]), { type: 'left', page: 'unknown', at: now })
  expect(tile(left, 'a')?.online).toBe(false)
  const after = [
    { type: 'left', page: '1', at: now },
    { type: 'left', page: '2', at: now + 1 },
  ] as const
  expect(tile(after.reduce(reduce, state), 'a')).toMatchObject({ online: false, activeAt: now + 1 })
})

test('a page that goes on to somewhere else is one page', () => {
  const state = heard(
    stored([learner('a')]),
    { type: 'page', page: '1', person: 'a', item: 'lab:accept-queue', at: now },
    { type: 'page', page: '1', person: 'a', item: 'chapter:nic', at: now + 1 },
  )
  expect(tile(state, 'a')?.item).toBe('chapter:nic')
  expect(state.pages.size).toBe(1)
})

test('hands are a queue in the order in which they were raised, and everybody knows their place', () => {
  const state = heard(
    stored(
      [learner('a'), learner('b'), learner('c')],
      [
        ['c', now + 2],
        ['a', now + 1],
      ],
    ),
  )
  expect(['a', 'b', 'c'].map((id) => placeInQueue(state, id))).toEqual([1, null, 2])
  expect(seatOf(state, 'c')?.hand).toEqual({ place: 2, of: 2 })
  expect(seatOf(state, 'b')?.hand).toBeNull()
  expect(tile(state, 'c')).toMatchObject({ hand: 2, handAt: now + 2 })
})

test('a seat is for learners of an open room, and says which machine must not be left unasked', () => {
  const state = heard(stored([learner('a', {}), learner('b', { isOpen: false })]))
  expect(seatOf(state, 'a')).toEqual({ room: led, hand: null, machine: 'accept-queue' })
  expect(seatOf(state, 'b')?.machine).toBeNull()
  expect(seatOf(state, 'stranger')).toBeNull()
  // Of another cohort's assignment: no wall shows it, and they are not pulled away from it either.
  const elsewhere = heard(stored([{ ...learner('a'), machine: 'accept-queue' }]))
  expect(seatOf(elsewhere, 'a')?.machine).toBe('accept-queue')
  expect(tile(elsewhere, 'a')).toMatchObject({ item: null, attempt: null, since: null })
  expect(
    seatOf(reduce(state, { type: 'stored', led: null, learners: [], hidden: 0, hands: [] }), 'a'),
  ).toBeNull()
})

test('a machine shows where it loses while it runs; one that is gone or over shows nothing', () => {
  const machines = (state: 'running' | 'asleep'): RoomEvent => ({
    type: 'machines',
    machines: [{ id: 'attempt-a', state, losing: 'ring', lastSign: now }],
  })
  const state = heard(stored([learner('a', {})]), machines('running'))
  expect(tile(state, 'a')).toMatchObject({ machine: 'running', losing: 'ring', activeAt: now })
  expect(tile(reduce(state, machines('asleep')), 'a')).toMatchObject({ machine: 'asleep', losing: null })
  expect(tile(reduce(state, { type: 'machines', machines: [] }), 'a')).toMatchObject({ machine: null })
  const over = reduce(state, stored([learner('a', { isOpen: false })]))
  expect(tile(over, 'a')).toMatchObject({ machine: null, losing: null, attempt: null, since: null })
})

test('stuck is who needs much longer than the others at the same lab, and not before five minutes', () => {
  const at = (id: string, minutes: number, more: Partial<LearnerFacts['attempt']> = {}) =>
    learner(id, { progressAt: now - minutes * minute, ...more })
  expect([...stuckAmong([at('a', 12), at('b', 6), at('c', 7)], now)]).toEqual(['a'])
  expect([...stuckAmong([at('a', 4), at('b', 1), at('c', 1)], now)]).toEqual([])
  expect([...stuckAmong([at('a', 60), at('b', 1)], now)]).toEqual([])
  const done = { passedAt: now - 13 * minute }
  expect([...stuckAmong([at('a', 12), at('b', 18, done), at('c', 19, done)], now)]).toEqual(['a'])
  expect([...stuckAmong([at('a', 90, done), at('b', 6), at('c', 6)], now)]).toEqual([])
  const elsewhere = { lab: 'silent-drop' }
  expect([...stuckAmong([at('a', 60), at('b', 1, elsewhere), at('c', 1, elsewhere)], now)]).toEqual([])
})

test('what is told to the wall is what has changed, and telling it makes the same wall', () => {
  const before = tilesOf(heard(stored([learner('a'), learner('b'), learner('c')])), now)
  const after = tilesOf(heard(stored([learner('a'), learner('b', {}), learner('d')], [['a', now]])), now)
  const news = newsBetween(before, after)
  expect(news?.tiles?.map(({ id }) => id)).toEqual(['a', 'b', 'd'])
  expect(news?.gone).toEqual(['c'])
  expect(applied(before, { now, ...news })).toEqual(after)
  expect(newsBetween(after, after)).toBeNull()
})

test('activity alone is told three times a minute at most', () => {
  const tiles = (at: number) =>
    tilesOf(heard(stored([learner('a')]), { type: 'active', person: 'a', at }), now)
  expect(newsBetween(tiles(now), tiles(now + 5_000))).toBeNull()
  expect(newsBetween(tiles(now), tiles(now + 20_000))?.tiles).toHaveLength(1)
})
