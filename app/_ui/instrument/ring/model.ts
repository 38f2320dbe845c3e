/**
 * A receive ring, the card that fills it and the polls that empty it. Counts frames; knows no bytes, no buffers and no second queue.
 *
 * The rules are the kernel's (6.12): one interrupt begins the polling and stays masked meanwhile, by the card or by vmxnet3_msix_rx; a poll takes at
 * most 64 (NAPI_POLL_WEIGHT, include/linux/netdevice.h) and puts a fresh buffer into each place at once (vmxnet3_rq_rx_complete); fewer than 64 unmask
 * the interrupt, a full 64 are polled again (__napi_poll, net/core/dev.c). A frame that finds no place is lost, and only the card counts it.
 *
 * The clock is the carrying up of packets: `pace` frames arrive while 64 are carried up, evenly, and as many before the first poll begins.
 */
export interface RingSettings {
  [knob: string]: number
  /** Descriptors of the ring. */
  places: number
  /** Frames of the wave. */
  wave: number
  /** Frames that arrive while one poll carries up 64. */
  pace: number
}

export interface RingState {
  /** Of the wave, what has come over the wire. */
  come: number
  /** In the ring, not yet looked at. */
  waiting: number
  taken: number
  lost: number
  polls: number
  interrupts: number
  /** While it is masked, the softirq polls. */
  masked: boolean
  /** What the last poll took; null where none has been or an interrupt came after it. */
  work: number | null
}

export const weight = 64

export const startRing = (): RingState => ({
  come: 0,
  waiting: 0,
  taken: 0,
  lost: 0,
  polls: 0,
  interrupts: 0,
  masked: false,
  work: null,
})

/** An interrupt and the time until its softirq begins, or one poll. */
export function stepRing(state: RingState, settings: RingSettings): RingState {
  if (ringSettled(state, settings)) return state
  return state.masked ? poll(state, settings) : interrupt(state, settings)
}

export const ringSettled = (state: RingState, { wave }: RingSettings): boolean =>
  state.come === wave && !state.masked

function interrupt(state: RingState, settings: RingSettings): RingState {
  const begun = { ...state, masked: true, interrupts: state.interrupts + 1, work: null }
  return arrive(begun, Math.max(1, settings.pace), settings)
}

function poll(state: RingState, settings: RingSettings): RingState {
  let now = { ...state, polls: state.polls + 1, work: 0 }
  while (now.work < weight && now.waiting > 0) {
    const work = now.work + 1
    now = { ...now, work, waiting: now.waiting - 1, taken: now.taken + 1 }
    now = { ...arrive(now, arrivedBy(work, settings) - arrivedBy(work - 1, settings), settings), work }
  }
  return now.work < weight ? { ...now, masked: false } : now
}

const arrivedBy = (carried: number, { pace }: RingSettings): number => Math.floor((carried * pace) / weight)

function arrive(state: RingState, count: number, { wave, places }: RingSettings): RingState {
  const coming = Math.min(count, wave - state.come)
  const fit = Math.min(coming, places - state.waiting)
  return {
    ...state,
    come: state.come + coming,
    waiting: state.waiting + fit,
    lost: state.lost + coming - fit,
  }
}
