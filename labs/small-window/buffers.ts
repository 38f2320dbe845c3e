/**
 * How much a server lets a client send ahead: what a new connection begins with and what it may grow to, now and by the files that the next boot reads.
 * Pure; knows the spelling of sysctl and of Puma's configuration, no machine.
 */
import type { BootLine } from '../reading/boot.ts'

export interface Buffers {
  /** What the listener hands to each connection that it accepts, in bytes; null: the server did not say. */
  first: number | null
  /** What a connection's buffer may become. */
  most: number | null
}

/** tcp_rmem's three numbers. */
export interface Memory {
  least: number
  first: number
  most: number
}

export function memoryOf(text: string): Memory | null {
  const [, least, first, most] = /^\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*$/.exec(text) ?? []
  return most === undefined ? null : { least: Number(least), first: Number(first), most: Number(most) }
}

/** Without autotuning a connection keeps what it began with. */
export function buffersOf(first: number | null, memory: Memory | null, tuned: boolean | null): Buffers {
  if (first === null || memory === null || tuned === null) return { first, most: null }
  return { first, most: tuned ? Math.max(first, memory.most) : first }
}

/**
 * A sender begins with ten segments, and autotuning notices only what is more than it has offered. About half of a buffer is window, so this is
 * the least that takes those ten.
 */
const firstNeeded = 40_000
/** More than ten times what the broken server has. */
const mostNeeded = 100_000

export const beginsWell = ({ first }: Buffers): boolean => (first ?? 0) >= firstNeeded
export const hasRoom = (buffers: Buffers): boolean => (buffers.most ?? 0) >= mostNeeded

/** What Linux takes on this machine when nobody says anything. */
const unsaid: { memory: Memory; rmemMax: number } = {
  memory: { least: 4096, first: 131_072, most: 1_617_504 },
  rmemMax: 212_992,
}

/** By the files: `durable` are the lines of sysctl's, `commands` what runs after them, `config` Puma's. */
export function buffersAtBoot(durable: string, commands: BootLine[], config: string): Buffers {
  const lines = [
    ...durable.split('\n').map((line) => line.replace(/^\S+: /, '')),
    ...commands.map(({ text }) => text),
  ]
  const value = (name: string) => lines.flatMap((line) => valueIn(line, name)).at(-1)
  const memory = memoryOf(value('net.ipv4.tcp_rmem') ?? '') ?? unsaid.memory
  const tuned = value('net.ipv4.tcp_moderate_rcvbuf') !== '0'
  const asked = askedByPuma(config)
  if (asked === null) return buffersOf(memory.first, memory, tuned)
  // The kernel doubles what is asked for, for its own needs, and what was asked for stays.
  const fixed = 2 * Math.min(asked, Number(value('net.core.rmem_max') ?? unsaid.rmemMax))
  return { first: fixed, most: fixed }
}

/** `NAME = 1 2 3`, `sysctl -w NAME="1 2 3"`, `echo 1 2 3 >/proc/sys/…`. */
function valueIn(line: string, name: string): string[] {
  const spelled = name.replaceAll('.', '[./]')
  const numbers = String.raw`(\d+(?:\s+\d+)*)`
  const set = new RegExp(String.raw`(?:^|[\s'"-])${spelled}\s*=\s*["']?${numbers}`)
  const written = new RegExp(
    String.raw`["']?\b${numbers}["']?\s*(?:>|\|\s*tee)\s*/proc/sys/${name.replaceAll('.', '/')}\b`,
  )
  return [set.exec(line)?.[1] ?? written.exec(line)?.[1] ?? []].flat()
}

/** What Puma's configuration asks for its listening socket; null when it leaves that to the kernel. */
function askedByPuma(config: string): number | null {
  const asked = config
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, ''))
    .flatMap((line) => /\bRCVBUF\b\W+([\d_]+)/.exec(line)?.[1] ?? [])
  return asked.length === 0 ? null : Number((asked.at(-1) as string).replaceAll('_', ''))
}
