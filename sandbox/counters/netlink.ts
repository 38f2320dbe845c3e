/**
 * What the agent passes on as the kernel wrote it to netlink: queueing disciplines and rules of the firewall. Hostile bytes: every length is
 * checked against what is there. Knows the layout of these messages (linux/rtnetlink.h, pkt_sched.h, nf_tables.h) and nothing else.
 */
import { plain } from './frame.ts'
import { type GuestCounters, mostQdiscs, mostRules } from './schema.ts'

type Qdisc = NonNullable<GuestCounters['qdiscs']>[number]
type Rule = NonNullable<GuestCounters['rules']>['list'][number]

const newQdisc = 36
const newRule = (10 << 8) | 6
const headerBytes = 16

/** The messages' payloads, of one type. */
function messagesOf(bytes: Buffer, type: number, most: number): Buffer[] {
  const payloads: Buffer[] = []
  for (let at = 0; at + headerBytes <= bytes.length && payloads.length < most; ) {
    const length = bytes.readUInt32LE(at)
    if (length < headerBytes || at + length > bytes.length) break
    if (bytes.readUInt16LE(at + 4) === type) payloads.push(bytes.subarray(at + headerBytes, at + length))
    at += (length + 3) & ~3
  }
  return payloads
}

/** Attributes by type; of a list, where all have one type, see attributeList. */
function attributesOf(bytes: Buffer): Map<number, Buffer> {
  return new Map(attributeList(bytes).map(({ type, value }) => [type, value]))
}

const mostAttributes = 128

function attributeList(bytes: Buffer): { type: number; value: Buffer }[] {
  const list: { type: number; value: Buffer }[] = []
  for (let at = 0; at + 4 <= bytes.length && list.length < mostAttributes; ) {
    const length = bytes.readUInt16LE(at)
    if (length < 4 || at + length > bytes.length) break
    list.push({ type: bytes.readUInt16LE(at + 2) & 0x3fff, value: bytes.subarray(at + 4, at + length) })
    at += (length + 3) & ~3
  }
  return list
}

const nothing = Buffer.alloc(0)
const u32 = (bytes: Buffer | undefined, at = 0): number =>
  bytes && bytes.length >= at + 4 ? bytes.readUInt32LE(at) : 0
const u64 = (bytes: Buffer | undefined, bigEndian = false): number => {
  if (!bytes || bytes.length < 8) return 0
  const value = bigEndian ? bytes.readBigUInt64BE(0) : bytes.readBigUInt64LE(0)
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value)
}
const name = (bytes: Buffer = nothing, most: number): string => {
  const end = bytes.indexOf(0)
  return plain(bytes.toString('latin1', 0, end < 0 ? bytes.length : end), most)
}

// ------------------------------------------------------------------------------------------------------------ queueing disciplines

const tca = { kind: 1, options: 2, stats2: 7 }
const stats = { basic: 1, queue: 3, packets64: 8 }

export const qdiscsOf = (bytes: Buffer): Qdisc[] =>
  messagesOf(bytes, newQdisc, mostQdiscs)
    .filter((payload) => payload.length >= 20)
    .map(qdiscOf)

function qdiscOf(payload: Buffer): Qdisc {
  const attributes = attributesOf(payload.subarray(20))
  const kind = name(attributes.get(tca.kind), 16)
  const counts = attributesOf(attributes.get(tca.stats2) ?? nothing)
  // struct gnet_stats_queue: qlen, backlog, drops, requeues, overlimits.
  const queue = counts.get(stats.queue)
  return {
    kind,
    handle: u32(payload, 8),
    parent: u32(payload, 12),
    packets: u64(counts.get(stats.packets64)) || u32(counts.get(stats.basic), 8),
    dropped: u32(queue, 8),
    overlimits: u32(queue, 16),
    requeues: u32(queue, 12),
    backlogPackets: u32(queue, 0),
    backlogBytes: u32(queue, 4),
    limit: limitOf(kind, attributes.get(tca.options) ?? nothing),
  }
}

/** Where each kind keeps its limit: fifos in a struct of their own, tbf in struct tc_tbf_qopt, fq_codel and fq in an attribute. */
function limitOf(kind: string, options: Buffer): Qdisc['limit'] {
  const of = (value: number, unit: 'packets' | 'bytes') => (value > 0 ? { value, unit } : null)
  if (/^pfifo(_head_drop)?$/.test(kind)) return of(u32(options), 'packets')
  if (kind === 'bfifo') return of(u32(options), 'bytes')
  if (kind === 'netem') return of(u32(options, 4), 'packets')
  const attributes = attributesOf(options)
  if (kind === 'fq_codel' || kind === 'codel') return of(u32(attributes.get(2)), 'packets')
  if (kind === 'fq') return of(u32(attributes.get(1)), 'packets')
  if (kind === 'tbf') return of(u32(attributes.get(1), tbfLimitAt), 'bytes')
  return null
}

/** Behind two struct tc_ratespec of 12 bytes. */
const tbfLimitAt = 24

// --------------------------------------------------------------------------------------------------------------------- the firewall

const nfta = { table: 1, chain: 2, handle: 3, expressions: 4 }
const expression = { name: 1, data: 2 }
/** NFTA_COUNTER_PACKETS; NFTA_IMMEDIATE_DATA > NFTA_DATA_VERDICT > NFTA_VERDICT_CODE. */
const nested = { packets: 2, data: 2, verdict: 2, code: 1 }

/** Those that count, drop or refuse; the others say nothing about packets. */
export const rulesOf = (bytes: Buffer): Rule[] =>
  messagesOf(bytes, newRule, 512)
    .filter((payload) => payload.length >= 4)
    .map((payload) => ruleOf(payload.subarray(4)))
    .filter(({ packets, verdict }) => packets !== null || verdict === 'drop' || verdict === 'reject')
    .slice(0, mostRules)

function ruleOf(bytes: Buffer): Rule {
  const attributes = attributesOf(bytes)
  const rule: Rule = {
    table: name(attributes.get(nfta.table), 32),
    chain: name(attributes.get(nfta.chain), 32),
    handle: u64(attributes.get(nfta.handle), true),
    packets: null,
    verdict: 'other',
  }
  for (const { value } of attributeList(attributes.get(nfta.expressions) ?? nothing)) {
    const part = attributesOf(value)
    const data = attributesOf(part.get(expression.data) ?? nothing)
    const kind = name(part.get(expression.name), 16)
    if (kind === 'counter') rule.packets = u64(data.get(nested.packets), true)
    if (kind === 'reject') rule.verdict = 'reject'
    if (kind === 'immediate') rule.verdict = verdictOf(data) ?? rule.verdict
  }
  return rule
}

/** NF_DROP is 0 and NF_ACCEPT 1, in network order. */
function verdictOf(immediate: Map<number, Buffer>): Rule['verdict'] | null {
  const verdict = attributesOf(immediate.get(nested.data) ?? nothing).get(nested.verdict)
  const code = attributesOf(verdict ?? nothing).get(nested.code)
  if (!code || code.length < 4) return null
  const value = code.readInt32BE(0)
  return value === 0 ? 'drop' : value === 1 ? 'accept' : 'other'
}
