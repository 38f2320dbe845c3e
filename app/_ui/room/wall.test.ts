import { expect, test } from 'vitest'
import type { Tile } from '#/classroom/room/view.ts'
import { placesOf } from './places.ts'
import { arranged, type Choice, countsOf, heatOf, queueOf } from './wall.ts'

const places = placesOf([
  { item: 'chapter:nic', title: 'The card', href: '/chapters/nic', stage: 'ring' },
  { item: 'lab:accept-queue', title: 'Refused', href: '/labs/accept-queue', stage: 'accept-queue' },
])
const tile = (name: string, more: Partial<Tile> = {}): Tile => ({
  ...{ id: name, name, online: true, item: null, attempt: null, machine: null, losing: null, criteria: null },
  ...{ passed: false, activeAt: null, since: null, hand: null, handAt: null, stuck: false },
  ...more,
})
const usual: Choice = { sort: 'name', filter: 'all', stage: null, name: '' }
const names = (tiles: readonly Tile[], choice: Partial<Choice>) =>
  arranged(tiles, { ...usual, ...choice }, places).map(({ name }) => name)

const room = [
  tile('Learner 10', { item: 'chapter:nic', activeAt: 600_000 }),
  tile('Learner 2', { hand: 2, handAt: 5 }),
  tile('Ada', { stuck: true, item: 'lab:accept-queue', attempt: 'a', criteria: { passed: 2, all: 4 } }),
  tile('Grace', { hand: 1, handAt: 4, online: false }),
  tile('Linus', { losing: 'ring', attempt: 'l', criteria: { passed: 1, all: 4 }, activeAt: 60_000 }),
  tile('Zoe', { passed: true, attempt: 'z', online: false }),
]

test('who needs help comes first: hands in their order, then who is stuck, then who loses packets', () => {
  expect(names(room, { sort: 'help' })).toEqual(['Grace', 'Learner 2', 'Ada', 'Linus', 'Learner 10', 'Zoe'])
})

test('names as people count, places along the path, progress and activity', () => {
  expect(names(room, {})).toEqual(['Ada', 'Grace', 'Learner 2', 'Learner 10', 'Linus', 'Zoe'])
  expect(names(room, { sort: 'place' }).slice(0, 2)).toEqual(['Learner 10', 'Ada'])
  expect(names(room, { sort: 'progress' }).slice(0, 3)).toEqual(['Zoe', 'Linus', 'Ada'])
  expect(names(room, { sort: 'activity' }).slice(-2)).toEqual(['Linus', 'Learner 10'])
})

test('filters, a stage and a name narrow it', () => {
  expect(names(room, { filter: 'hand' })).toEqual(['Grace', 'Learner 2'])
  expect(names(room, { filter: 'working' })).toEqual(['Ada', 'Linus'])
  expect(names(room, { filter: 'away' })).toEqual(['Grace', 'Zoe'])
  expect(names(room, { stage: 'ring' })).toEqual(['Learner 10', 'Linus'])
  expect(names(room, { name: ' LEARN ' })).toEqual(['Learner 2', 'Learner 10'])
})

test('the heat of the path counts who is here, and where packets are lost', () => {
  const heat = heatOf([...room, tile('Away', { online: false, item: 'chapter:nic' })], places)
  expect(heat.find(({ stage }) => stage === 'ring')).toMatchObject({ here: 1, losing: 1, share: 1 })
  expect(heat.find(({ stage }) => stage === 'wire')).toMatchObject({ here: 0, losing: 0, share: 0 })
  expect(heatOf([], places).every(({ share }) => share === 0)).toBe(true)
})

test('the summary and the queue', () => {
  expect(countsOf(room)).toEqual({ all: 6, here: 4, hands: 2, stuck: 1, losing: 1, passed: 1 })
  expect(queueOf(room).map(({ name }) => name)).toEqual(['Grace', 'Learner 2'])
})
