/** Texts of the live map: figures become words here, so that another language has its own. */

import type { Fill } from '#/sandbox/counters/derive.ts'
import { locale, texts } from '../language.ts'

type Unit = Fill['unit']
interface Progress {
  chapters: { done: number; all: number }
  labs: { done: number; all: number }
}

const number = (value: number): string => Math.round(value).toLocaleString(locale)

/** As a map has room for: 950, 12k, 3.4M. */
function short(value: number): string {
  if (value < 10_000) return `${Math.round(value)}`
  if (value < 999_500) return `${Math.round(value / 1000)}k`
  return `${(value / 1_000_000).toFixed(value < 9_950_000 ? 1 : 0)}M`
}
const rate = (value: number): string =>
  value > 0 && value < 9.95 ? `${Math.max(0.1, Math.round(value * 10) / 10)}` : number(value)

/** What fills up, in words: the units of the counters, but for the two that depend on the stage. */
const things: Record<Unit, string> = {
  packets: 'packets',
  bytes: 'bytes',
  connections: 'connections',
  descriptors: 'descriptors',
  threads: 'threads busy',
  entries: 'entries',
}

export const mapText = /* @__PURE__ */ texts('mapText', {
  title: 'The map: your server’s own queues',
  label: 'The path from the wire to the app, live',
  keys: 'Arrow keys go along the path, Enter opens a stage, Escape closes it.',
  every:
    'A level is what was true when it was read, every 0.97 s. What fills and empties in between is seen in the counters only.',
  waiting: 'The first reading is on its way.',
  asleep: 'The machine sleeps: these are its last figures.',
  offline: 'The connection is lost: these are the last figures.',
  dead: 'The machine has stopped: these are its last figures.',
  silent: 'The server does not answer: there are no newer figures.',
  hidden:
    'The map of your server’s queues opens when you have handed in a diagnosis: it would show the stage that this lab asks for. Nothing is missed, what was counted comes then.',
  table: { show: 'As a table', hide: 'As a map', caption: 'Every stage, as last read' },
  columns: {
    stage: 'Stage',
    used: 'Used',
    limit: 'Limit',
    unit: 'of',
    passes: 'Passes /s',
    lost: 'Lost /s',
    lostInWindow: 'Lost in 2 min',
  },
  full: 'full',
  none: '–',
  number,
  rate,
  short,
  cell: ({ used, limit }: Fill): string => `${short(used)}/${limit === null ? '?' : short(limit)}`,
  size: (descriptors: number) => `size ${short(descriptors)}`,
  /** In a sentence. */
  fill: ({ used, limit, unit }: Fill): string =>
    limit === null
      ? `${things[unit]}: ${number(used)}, no limit known`
      : `${number(used)} of ${number(limit)} ${things[unit]}`,
  unit: (unit: Unit): string => things[unit],
  ringSize: (descriptors: number) =>
    `${number(descriptors)} descriptors; how many of them are taken, the card does not say`,
  flow: (value: number) => `${rate(value)} pass by the second`,
  lost: (value: number) => `${rate(value)} lost by the second`,
  lostInWindow: (count: number) => `${number(count)} lost in the last 2 minutes`,
  nothingLost: 'nothing lost in the last 2 minutes',
  notCounted: 'losses are not counted here',
  announce: (stage: string, count: number) =>
    `${stage}: packets are being lost, ${number(count)} in the last 2 minutes.`,
  progress: {
    title: 'The path, and how far you are',
    label: 'The stages of the path, and how far you are',
    count: ({ chapters, labs }: Progress): string =>
      chapters.all + labs.all === 0 ? '' : `${chapters.done + labs.done}/${chapters.all + labs.all}`,
    note: 'Under each stage: chapters read and labs passed, of all there are about it. The pointer is where you go on.',
    stage: ({ name, chapters, labs, next }: Progress & { name: string; next: boolean }): string =>
      `${name}: ${chapters.done} of ${chapters.all} chapters read, ${labs.done} of ${labs.all} labs passed${next ? '; here you go on' : ''}`,
  },
  panel: {
    close: 'Close',
    counters: 'Counters',
    value: 'now',
    perSecond: '/s',
    noCounters: 'No counter of the course is read here.',
    commands: 'The same on the terminal',
    chapters: 'Read, in a new tab',
    plot: (stage: string) => `${stage}, the last 2 minutes`,
    flow: 'passes /s',
    limit: (value: number) => `limit ${number(value)}`,
    lost: 'lost /s',
    clients: 'clients',
    empty: 'Nothing is counted here that could be drawn.',
  },
} as const)
