/**
 * The turns of the receive softirq on one processor: which queue is polled when, and which bound ends a turn. Counts packets and microseconds;
 * knows nothing of what a packet is carried up to.
 *
 * The rules are the kernel's (6.12): net_rx_action (net/core/dev.c) polls each queue of its list once; after every poll it looks whether the
 * budget is used up or the time is over, and then counts time_squeeze; what was not polled comes first in the next turn, full queues after it.
 * A poll takes at most 64. handle_softirqs (kernel/softirq.c) makes ten turns in a row, or as many as fit into 2 ms; what is left is ksoftirqd's.
 *
 * The clock is exact where the kernel's moves in ticks of 4 ms, no process wants the processor, and no packet arrives meanwhile.
 */
export interface NapiSettings {
  [knob: string]: number
  /** Queues of the card that have packets for this processor. */
  queues: number
  /** Packets that wait in each. */
  waiting: number
  /** Microseconds for one packet. */
  cost: number
  /** net.core.netdev_budget */
  budget: number
}

export type TurnEnd = 'done' | 'again' | 'budget' | 'time'

export interface Poll {
  queue: number
  work: number
}

export interface NapiState {
  /** Packets that wait, by queue. */
  waiting: number[]
  /** Queues that this turn has still to poll. */
  list: number[]
  /** Queues that gave a full 64 in this turn. */
  repoll: number[]
  /** The polls of this turn. */
  polls: Poll[]
  /** Microseconds of this turn. */
  spentUs: number
  /** How this turn ended; null while it goes on. */
  end: TurnEnd | null
  turns: number
  squeezed: number
  processed: number
  /** Turns in a row, and their time, since an interrupt or ksoftirqd began. */
  row: number
  rowUs: number
  by: 'softirq' | 'ksoftirqd'
}

export const weight = 64
/** netdev_budget_usecs: two ticks where HZ is 250 (net/core/hotdata.c). */
export const budgetUs = 8000
const turnsInARow = 10
const rowUs = 2000

export function startNapi({ queues, waiting }: NapiSettings): NapiState {
  const all = Array.from({ length: queues }, (_, queue) => queue)
  return {
    waiting: all.map(() => waiting),
    list: all,
    repoll: [],
    polls: [],
    spentUs: 0,
    end: null,
    turns: 0,
    squeezed: 0,
    processed: 0,
    row: 0,
    rowUs: 0,
    by: 'softirq',
  }
}

/** One poll, with the beginning of a turn before it and the end of one after it where they fall. */
export function stepNapi(state: NapiState, settings: NapiSettings): NapiState {
  if (napiSettled(state)) return state
  const turn = state.end === null ? state : nextTurn(state)
  const [queue, ...list] = turn.list as [number, ...number[]]
  return endOfTurn(pollOne({ ...turn, list }, queue, settings), settings)
}

export const napiSettled = ({ end }: NapiState): boolean => end === 'done'

function nextTurn(state: NapiState): NapiState {
  const handedOver =
    state.by === 'softirq' && (state.row >= turnsInARow || state.rowUs >= rowUs)
      ? { by: 'ksoftirqd' as const, row: 0, rowUs: 0 }
      : {}
  return {
    ...state,
    ...handedOver,
    list: [...state.list, ...state.repoll],
    repoll: [],
    polls: [],
    spentUs: 0,
    end: null,
  }
}

function pollOne(state: NapiState, queue: number, { cost }: NapiSettings): NapiState {
  const before = state.waiting[queue] ?? 0
  const work = Math.min(weight, before)
  return {
    ...state,
    waiting: state.waiting.map((waiting, index) => (index === queue ? before - work : waiting)),
    repoll: work === weight ? [...state.repoll, queue] : state.repoll,
    polls: [...state.polls, { queue, work }],
    spentUs: state.spentUs + work * cost,
    processed: state.processed + work,
  }
}

function endOfTurn(state: NapiState, { budget }: NapiSettings): NapiState {
  const end = whatEnds(state, budget)
  if (end === null) return state
  const squeezed = end === 'budget' || end === 'time'
  // A turn that was cut short after its last queue had run empty is counted all the same; then nothing is left to do.
  const left = state.list.length + state.repoll.length > 0
  return {
    ...state,
    end: left ? end : 'done',
    turns: state.turns + 1,
    squeezed: state.squeezed + (squeezed ? 1 : 0),
    row: state.row + 1,
    rowUs: state.rowUs + state.spentUs,
  }
}

function whatEnds({ polls, spentUs, list, repoll }: NapiState, budget: number): TurnEnd | null {
  const used = polls.reduce((sum, { work }) => sum + work, 0)
  if (used >= budget) return 'budget'
  if (spentUs >= budgetUs) return 'time'
  if (list.length > 0) return null
  return repoll.length > 0 ? 'again' : 'done'
}
