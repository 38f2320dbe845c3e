/**
 * How many half-open connections a server holds, and whether that is enough for a flood: the arithmetic of tcp_conn_request and
 * reqsk_timer_handler, kernel 6.12. Pure; knows no machine.
 */

/** Null: the server did not say. */
export interface Queue {
  cookies: number | null
  synBacklog: number | null
  /** Times that an unanswered SYN-ACK is sent again. */
  retries: number | null
  /** The limit of the listener, Send-Q. */
  listener: number | null
}

/**
 * So many half-open connections at most when there are no cookies. Of the kernel's own number a quarter is kept for clients whom it knows. Either
 * check refuses when more are there than it allows, so one more fits: `ss` counted 17 where that number was 21, and 1,025 at a listener of 1,024.
 */
export function holds({ synBacklog, listener }: Queue): number | null {
  if (synBacklog === null || listener === null) return null
  return Math.min(listener, strangers(synBacklog)) + 1
}

/** The number that is in force: the one that is met first. */
export function limitInForce({ synBacklog, listener }: Queue): number | null {
  if (synBacklog === null || listener === null) return null
  return listener <= strangers(synBacklog) ? listener : synBacklog
}

/** What the kernel's own number leaves to clients whom it does not know. */
const strangers = (synBacklog: number): number => synBacklog - (synBacklog >> 2)

/**
 * How many pile up when so many come in a second and none is ever completed. Each stays for 1 + 2 + 4 + … seconds, but once the queue of the
 * listener is half full those go that have been repeated twice, after 7 s; they go when their own timer ends, which may be as long again.
 */
export function pileOf({ retries, listener }: Queue, pps: number): number {
  const stays = 2 ** ((retries ?? 5) + 1) - 1
  return Math.min(pps * stays, Math.max((listener ?? 0) / 2, 7 * pps) + 8 * pps)
}

/** Clients of its own that a queue must hold beside the flood. */
const room = 64

export const isEnough = (queue: Queue, pps: number): boolean =>
  (queue.cookies ?? 0) > 0 || (holds(queue) ?? 0) >= pileOf(queue, pps) + room

/** Enough for the time of a check, and not for the next minute. */
export const isEnoughForNow = (queue: Queue, pps: number): boolean => (holds(queue) ?? 0) >= 6 * pps
