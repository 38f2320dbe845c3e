/**
 * The variants of this lab: the same symptom from three causes, each on a way that is narrower by another number of bytes. Knows no machine.
 */
import { random } from '../random.ts'

export interface Variant {
  /**
   * What keeps the reports of routers out: a table of somebody's own that drops them; the standing firewall, which no longer lets in what belongs
   * to a connection; or the same, since the shop's connections are no longer tracked and nothing belongs to them.
   */
  cause: 'table' | 'related' | 'untracked'
  /** The largest packet that the way to the far clients lets through, in bytes. */
  mtu: number
  /** How the table words it. */
  rule: string
  /** What the careless colleague called the file. */
  trace: string
}

/** The cause changes with each seed; the rest is drawn. */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  return {
    cause: (['table', 'related', 'untracked'] as const)[seed % 3] as Variant['cause'],
    mtu: draw.pick([1280, 1300, 1320, 1358, 1380, 1400, 1412, 1420]),
    rule: draw.pick([
      'icmp type != { echo-request, echo-reply } counter drop',
      'icmp type { destination-unreachable, redirect, time-exceeded } counter drop',
    ]),
    trace: draw.pick(['audit', 'tidy', 'stealth', 'tuning']),
  }
}
