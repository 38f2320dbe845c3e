/**
 * The queue of the way out as `tc -s -j` tells it: what shapes, to which rate, and in which queues packets wait meanwhile. Pure; knows no machine and no
 * lab's rules.
 */

export interface Queue {
  /** What sends no faster than its rate: tbf, htb, cake and the like; null where nothing does. */
  shaper: string | null
  /** Null: it did not say. */
  rateKbit: number | null
  /** Where packets wait. The queues that nobody has put there, and that `tc` does not show by itself, are among them. */
  leaves: { kind: string; limit: number | null }[]
  /** Of all that stand there, the inner ones too. */
  kinds: string[]
  /** Of the whole. */
  packets: number
  bytes: number
  dropped: number
}

interface Told {
  kind?: unknown
  handle?: unknown
  parent?: unknown
  root?: unknown
  options?: Record<string, unknown>
  qlen?: unknown
  backlog?: unknown
  drops?: unknown
}

const shapers = ['tbf', 'htb', 'hfsc', 'cbq', 'cake']

/** Two lines of JSON, those of `qdisc show dev eth0 invisible` and of `class show dev eth0`; null when they are none. */
export function queueOf(text: string): Queue | null {
  const [qdiscs, classes = []] = text.split('\n').flatMap(arrayIn)
  const root = qdiscs?.find((one) => one.root === true)
  if (!qdiscs || typeof root?.kind !== 'string') return null
  const parents = qdiscs.map(({ parent }) => `${parent ?? ''}`.replace(/[0-9a-f]*$/, ''))
  // The kernel's own mq has no number: its queues call it `:`.
  const isParent = (one: Told) => parents.includes(`${one.handle}`) || (one === root && parents.includes(':'))
  const waiting = qdiscs.filter((one) => !isParent(one))
  const rate = rateOf(root, classes)
  return {
    shaper: shapers.includes(root.kind) && (root.kind !== 'cake' || rate !== null) ? root.kind : null,
    rateKbit: rate === null ? null : Math.round((rate * 8) / 1000),
    leaves: waiting.map(({ kind, options }) => ({ kind: `${kind}`, limit: numberOf(options?.limit) })),
    kinds: [...new Set(qdiscs.map(({ kind }) => `${kind}`))],
    packets: numberOf(root.qlen) ?? 0,
    bytes: numberOf(root.backlog) ?? 0,
    dropped: numberOf(root.drops) ?? 0,
  }
}

/** One after another whoever came first: whatever comes last waits for all. */
export const isFifo = (kind: string): boolean => /^[pb]fifo/.test(kind)

function rateOf({ kind, options = {} }: Told, classes: Told[]): number | null {
  if (kind === 'tbf') return numberOf(options.rate)
  if (kind === 'cake') return numberOf(options.bandwidth)
  const ceilings = classes.flatMap((one) => {
    const { ceil, rate } = one as { ceil?: unknown; rate?: unknown }
    return numberOf(ceil) ?? numberOf(rate) ?? []
  })
  return kind === 'htb' && ceilings.length > 0 ? Math.max(...ceilings) : null
}

function arrayIn(line: string): Told[][] {
  try {
    const told: unknown = JSON.parse(line)
    return Array.isArray(told) ? [told.filter((one) => typeof one === 'object' && one !== null)] : []
  } catch {
    return []
  }
}

const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null
