/**
 * The variants of this lab: the same crawl from a receive buffer that may not be larger, that may but never grows, or that the application itself has
 * fixed. Knows no machine.
 */
import { random } from '../random.ts'

export interface Variant {
  /**
   * What keeps the buffer small: the most that tcp_rmem allows; autotuning that is switched off, so that its default stays; or Puma, which asks for
   * a size of its own and so has no part in autotuning.
   */
  cause: 'most' | 'untuned' | 'socket'
  /** What the kernel gives each connection, in bytes. */
  bytes: number
  /** Where the colleague wrote the kernel's numbers: a file of sysctl, or the interface's own lines, which run later. */
  place: 'sysctl' | 'interfaces'
  /** The way to the far clients, each way. */
  delayMs: number
  /** What the careless colleague called it. */
  trace: string
}

/** Cause and place change with the seed, so that neighbours differ; the rest is drawn. */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  return {
    cause: (['most', 'untuned', 'socket'] as const)[seed % 3] as Variant['cause'],
    // Two full segments a round trip, three at most.
    bytes: draw.pick([6144, 6656, 7168, 7680, 8192]),
    place: seed % 2 === 0 ? 'sysctl' : 'interfaces',
    delayMs: draw.pick([44, 46, 48, 50, 52]),
    trace: draw.pick(['60-lean', '70-memory', '80-small-server', '90-footprint']),
  }
}
