import { expect, test } from 'vitest'
import { type Course, circleIn, opennessOf, type ReleaseRule } from './release.ts'

const now = new Date('2026-10-01T12:00:00Z')
const later = new Date('2026-10-02T12:00:00Z')
const before = new Date('2026-09-30T12:00:00Z')
const rule = (more: Partial<ReleaseRule>): ReleaseRule => ({
  releaseAt: null,
  openedAt: null,
  requires: [],
  ...more,
})
const course = (more: Partial<Course>, rules: Record<string, ReleaseRule> = {}): Course => ({
  role: 'learner',
  timeZone: 'UTC',
  pacing: 'dates',
  ...more,
  rules: new Map(Object.entries(rules)),
})
const of = (courses: Course[], item: 'chapter:nic' | 'lab:ring', done: string[] = []) =>
  opennessOf(courses, new Set(done), item, item === 'lab:ring' ? 'chapter:nic' : null, now)

test('somebody in no cohort has the whole course, and so has who teaches', () => {
  const closed = { 'chapter:nic': rule({ releaseAt: later }) }
  expect(of([], 'chapter:nic')).toEqual({ open: true })
  for (const role of ['instructor', 'assistant'] as const)
    expect(of([course({ role }, closed)], 'chapter:nic')).toEqual({ open: true })
  expect(of([course({ role: 'learner' }, closed)], 'chapter:nic').open).toBe(false)
})

test('all at once: dates, prerequisites and hands do not count', () => {
  const closed = { 'chapter:nic': rule({ releaseAt: later, requires: ['lab:other'] }) }
  expect(of([course({ pacing: 'open' }, closed)], 'chapter:nic')).toEqual({ open: true })
})

test('by date: closed until the very moment, and told until when', () => {
  const at = (releaseAt: Date) => of([course({}, { 'chapter:nic': rule({ releaseAt }) })], 'chapter:nic')
  expect(at(later)).toMatchObject({ open: false, until: later, missing: [], byHand: false })
  expect(at(now)).toEqual({ open: true })
  expect(at(before)).toEqual({ open: true })
  expect(of([course({})], 'chapter:nic')).toEqual({ open: true })
})

test('prerequisites: told what is missing, and open once all of it is done', () => {
  const courses = [course({}, { 'chapter:nic': rule({ requires: ['chapter:intro', 'lab:first'] }) })]
  expect(of(courses, 'chapter:nic')).toMatchObject({ open: false, missing: ['chapter:intro', 'lab:first'] })
  expect(of(courses, 'chapter:nic', ['chapter:intro'])).toMatchObject({ missing: ['lab:first'] })
  expect(of(courses, 'chapter:nic', ['chapter:intro', 'lab:first'])).toEqual({ open: true })
})

test('by hand: what nobody has opened is closed, and a lab opens with its chapter unless something is said of it', () => {
  const hand = (rules: Record<string, ReleaseRule>) => [course({ pacing: 'hand' }, rules)]
  expect(of(hand({}), 'chapter:nic')).toMatchObject({ open: false, byHand: true, until: null })
  const opened = hand({ 'chapter:nic': rule({ openedAt: before }) })
  expect(of(opened, 'chapter:nic')).toEqual({ open: true })
  expect(of(opened, 'lab:ring')).toEqual({ open: true })
  const held = hand({ 'chapter:nic': rule({ openedAt: before }), 'lab:ring': rule({}) })
  expect(of(held, 'lab:ring')).toMatchObject({ open: false })
})

test('somebody in two cohorts has what is open in one; else the one in which less stands between speaks', () => {
  const closed = course({}, { 'chapter:nic': rule({ releaseAt: later }) })
  expect(of([closed, course({ pacing: 'open' })], 'chapter:nic')).toEqual({ open: true })
  const hand = course({ pacing: 'hand', timeZone: 'Asia/Tokyo' })
  expect(of([hand, closed], 'chapter:nic')).toMatchObject({ until: later, timeZone: 'UTC' })
})

test('prerequisites that lead round in a circle are found', () => {
  const rules = (entries: Record<string, string[]>) =>
    new Map(Object.entries(entries).map(([item, requires]) => [item, { requires }]))
  expect(circleIn(rules({ 'chapter:a': ['lab:b'], 'lab:b': ['chapter:c'], 'chapter:c': [] }))).toBeNull()
  expect(circleIn(rules({ 'chapter:a': ['chapter:a'] }))).toEqual(['chapter:a', 'chapter:a'])
  expect(circleIn(rules({ 'chapter:a': ['lab:b'], 'lab:b': ['chapter:c'], 'chapter:c': ['lab:b'] }))).toEqual(
    ['lab:b', 'chapter:c', 'lab:b'],
  )
})
