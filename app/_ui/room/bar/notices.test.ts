import { expect, test } from 'vitest'
import type { LedView, SeatView } from '#/classroom/room/view.ts'
import { leadKey, noticesOf } from './notices.ts'

const room: LedView = {
  ...{
    id: 'r',
    cohort: 'c',
    name: 'Autumn',
    openedAt: 1,
    lead: null,
    timer: null,
    messages: [],
    reveals: [],
    screen: null,
  },
  titles: { 'lab:accept-queue': 'Refused at the door', 'chapter:nic': 'The card' },
}
const seat = (more: Partial<LedView>, machine: string | null = null): SeatView => ({
  room: { ...room, ...more },
  hand: null,
  machine,
})
const at = (path: string, busy = false) => ({ path, busy })
const none = new Set<string>()

test('what was told and shown comes in its order, until it was seen', () => {
  const view = seat({
    messages: [
      { id: 'm2', kind: 'command', text: 'ss -lnt', at: 3 },
      { id: 'm1', kind: 'message', text: 'Welcome', at: 1 },
    ],
    reveals: [{ lab: 'accept-queue', hint: 1, at: 2 }],
  })
  expect(noticesOf(view, at('/'), none).map(({ key }) => key)).toEqual(['m1', 'reveal accept-queue 1', 'm2'])
  expect(noticesOf(view, at('/'), new Set(['m1', 'm2']))).toMatchObject([{ title: 'Refused at the door' }])
})

test('everybody goes where they are brought, but who works at a machine or types is asked', () => {
  const lead = { item: 'chapter:nic' as const, at: 9 }
  const how = (view: SeatView, page: ReturnType<typeof at>) =>
    noticesOf(view, page, none).map((one) => [one.kind, 'how' in one && one.how])
  expect(noticesOf(seat({ lead }), at('/course'), none)).toEqual([
    { key: leadKey(9), kind: 'bring', title: 'The card', href: '/chapters/nic', how: 'go' },
  ])
  expect(how(seat({ lead }, 'accept-queue'), at('/labs/accept-queue'))).toEqual([['bring', 'ask']])
  expect(how(seat({ lead }, 'playground'), at('/playground'))).toEqual([['bring', 'ask']])
  expect(how(seat({ lead }, 'accept-queue'), at('/assignments/0197/accept-queue'))).toEqual([
    ['bring', 'ask'],
  ])
  expect(how(seat({ lead }, 'accept-queue'), at('/chapters/ring'))).toEqual([['bring', 'go']])
  expect(how(seat({ lead }), at('/account', true))).toEqual([['bring', 'ask']])
})

test('nobody is brought to where they are, nor twice', () => {
  const lead = { item: 'lab:accept-queue' as const, at: 9 }
  expect(noticesOf(seat({ lead }), at('/labs/accept-queue'), none)).toEqual([])
  expect(noticesOf(seat({ lead }), at('/'), new Set([leadKey(9)]))).toEqual([])
  expect(noticesOf(seat({ lead: { ...lead, at: 10 } }), at('/'), new Set([leadKey(9)]))).toHaveLength(1)
})
