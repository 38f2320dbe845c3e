/** Texts of the turns of the receive softirq. */
import { texts } from '../../language.ts'
import { pluralOf } from '../plural.ts'
import { number } from './frame.ts'

const packets = pluralOf('packet')
const turns = pluralOf('turn')

interface NapiSeen {
  waiting: number[]
  polls: { queue: number; work: number }[]
  end: 'done' | 'again' | 'budget' | 'time' | null
  turns: number
  squeezed: number
  processed: number
  by: string
}

export const napiText = /* @__PURE__ */ texts('napiText', {
  title: 'A turn and its two bounds',
  model:
    'one processor, no packet arrives meanwhile, no process wants the processor, and the clock is exact where the kernel’s moves in ticks of 4 ms.',
  unit: 'one poll',
  queues: 'Busy queues',
  waiting: 'Packets waiting in each',
  cost: 'Time for one packet',
  us: (value: number) => `${value} µs`,
  budget: 'netdev_budget',
  processed: 'column 1: processed',
  dropped: 'column 2: dropped',
  squeezed: 'column 3: time_squeeze',
  hex: (value: number) => value.toString(16).padStart(8, '0'),
  turns: 'turns',
  by: 'run by',
  inQueues: 'packets waiting, by queue',
  used: (used: number, budget: number) => `packets of this turn: ${number(used)}, bound ${number(budget)}`,
  spent: (us: number, bound: number) => `time: ${number(us / 1000)} ms, bound ${bound / 1000} ms`,
  end: ({ end, polls: list, turns: count }: NapiSeen) => {
    const last = list.at(-1)
    if (!last) return 'nothing polled yet'
    const poll = `queue ${last.queue + 1} gave ${last.work}`
    if (end === null) return `${poll}; the turn goes on`
    if (end === 'again') return `turn ${count} over: each queue had its poll`
    if (end === 'done') return `${poll}; nothing is left`
    return `turn ${count} cut short by ${end === 'budget' ? 'the budget' : 'the time'}`
  },
  summary: (
    { waiting, turns: count, squeezed, processed, by, end }: NapiSeen,
    { budget }: { budget: number },
  ) =>
    `${packets(processed)} carried up in ${turns(count)} by ${by}. ${number(waiting.reduce((sum, one) => sum + one, 0))} still wait. The budget of ${number(budget)} or the time cut short ${number(squeezed)}. Nothing was dropped.${end === 'done' ? ' All queues are empty.' : ''}`,
} as const)
