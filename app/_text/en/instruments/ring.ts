/** Texts of the ring that fills. */
import { texts } from '../../language.ts'
import { pluralOf } from '../plural.ts'
import { number } from './frame.ts'

const frames = pluralOf('frame')
const polls = pluralOf('poll')
const interrupts = pluralOf('interrupt')

interface RingSeen {
  come: number
  waiting: number
  taken: number
  lost: number
  polls: number
  interrupts: number
  work: number | null
}

export const ringText = /* @__PURE__ */ texts('ringText', {
  title: 'A ring that fills and overflows',
  model:
    'frames come evenly, and the softirq begins one poll’s time after the interrupt. The pace of 195 was set so that 64 places deliver the 263 of 800 that our machine below delivered; all else follows from the rules.',
  unit: 'one poll',
  places: 'Places in the ring',
  wave: 'Frames in the wave',
  pace: 'Arrive while a poll carries up 64',
  taken: 'taken by polls',
  lost: 'pkts rx OOB',
  polls: 'polls',
  interrupts: 'interrupts',
  of: (places: number) => `of ${number(places)}`,
  outerMark: 'outer mark: card',
  come: (count: number, wave: number) => `${number(count)} of ${number(wave)}`,
  innerMark: 'inner mark: poll',
  doing: ({ work, come }: RingSeen) => {
    if (come === 0) return 'all quiet'
    return work === null ? 'interrupt' : `took ${work}`
  },
  noPlace: 'no place:',
  lostCount: (lost: number) => `${number(lost)} lost`,
  summary: (state: RingSeen, { places, wave }: { places: number; wave: number }, over: boolean) =>
    `${number(state.come)} of ${frames(wave)} have come. ${number(state.waiting)} wait in a ring of ${number(places)}. ${number(state.taken)} were taken by ${polls(state.polls)} after ${interrupts(state.interrupts)}, ${number(state.lost)} lost.${over ? ' The wave is over.' : ''}`,
} as const)
