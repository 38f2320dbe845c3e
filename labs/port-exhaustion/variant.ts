/**
 * The variants of this lab: few local ports for a server that calls another one often, because the range is small, because most of it is
 * reserved, or both. Knows no machine.
 */
import { random } from '../random.ts'

export type Cause = 'range' | 'reserved' | 'both'

export interface Variant {
  cause: Cause
  /** Local ports that are left. Even: of an odd number the kernel's search leaves one out (`__inet_hash_connect`). */
  ports: number
  /** `net.ipv4.ip_local_port_range`, as the file says it. */
  range: string
  /** `net.ipv4.ip_local_reserved_ports`; empty: none. */
  reserved: string
  /** What the price service takes for one answer. */
  delayMs: number
  /** The file below /etc/sysctl.d, without its ending, and its comment. */
  file: string
  remark: string
}

/** The kernel's own, where nobody has said anything. */
export const kernelRange = '32768 60999'

const causes = ['range', 'reserved', 'both'] as const
type Note = Pick<Variant, 'file' | 'remark'>
const notes: readonly [Note, ...Note[]] = [
  { file: '60-firewall', remark: 'what the firewall people have opened for us' },
  { file: '70-agents', remark: 'the agents listen wherever they like; keep out of their way' },
  { file: '80-inventory', remark: 'ports as in the inventory' },
  { file: '90-audit', remark: 'audit, finding 12: no port that is not accounted for' },
]

/** The cause goes round with the seed, so that neighbours differ; the rest is drawn. */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  const cause = causes[seed % causes.length] as Cause
  const ports = 28 + 2 * draw.int(0, 4)
  // Where the ports are that are left, somewhere inside of what there was.
  const first = 50_000 + 2 * draw.int(50, 400)
  const last = first + ports - 1
  const around = ([low, high]: [number, number]) => `${low}-${first - 1},${last + 1}-${high}`
  const settings = {
    range: { range: `${first} ${last}`, reserved: '' },
    reserved: { range: kernelRange, reserved: around([32_768, 60_999]) },
    both: { range: '50000 50999', reserved: around([50_000, 50_999]) },
  }[cause]
  return { cause, ports, ...settings, delayMs: 20 + 5 * draw.int(0, 6), ...draw.pick(notes) }
}
