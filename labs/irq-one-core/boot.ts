/**
 * What the next boot makes of the card: the commands that it will run, in their order, played on a card as the kernel sets it up by itself, whose queues
 * and interrupts are spread. Pure; knows no machine. What it cannot read does no harm.
 */
import type { BootLine } from '../reading/boot.ts'
import { cpuList, cpuMask } from './cpus.ts'

export const bootPattern =
  '*affinity* | *rps_cpus* | *-X* | *rxfh* | *-L* | *channels* | *-G* | *--set-ring* | *hardware-dma-ring-rx*'

export interface NextBoot {
  isSpread: boolean
  /** All packets of a burst go into one ring. */
  oneQueue: boolean
  /** Descriptors of each ring. */
  ring: number
}

/** What igb takes when nobody says anything (IGB_DEFAULT_RXD). */
const driversOwnRing = 256

export function nextBootOf(lines: BootLine[]): NextBoot {
  const card = {
    oneQueue: false,
    ring: driversOwnRing,
    /** The one processor that all interrupts were sent to, if they were. */
    all: null as number | null,
    /** Interrupts that were sent to one by name. */
    named: new Map<string, number>(),
    steered: [] as number[],
  }
  for (const { text } of lines) {
    for (const command of text.split(/;|&&/)) {
      const table = tableCommand.exec(command)
      if (table) card.oneQueue = isOneQueue(table)
      const channels = Number(channelsCommand.exec(command)?.[1] ?? Number.NaN)
      if (!Number.isNaN(channels))
        Object.assign(card, { oneQueue: channels === 1, all: null, named: new Map() })
      card.ring = Number(ringCommand.exec(command)?.slice(1).find(Boolean) ?? card.ring)
    }
    for (const { value, target } of writesOf(text)) {
      if (/rps_cpus/.test(text)) card.steered = cpuMask(value)
      else if (/affinity/.test(text)) allow(card, value, target, /affinity_list/.test(text))
    }
  }
  const sentTo = new Set([...card.named.values(), ...(card.all === null ? [] : [card.all])])
  const isPinned = sentTo.size === 1 && (card.all !== null || card.named.size > 1)
  const isSpread = card.steered.length > 0 ? card.steered.length > 1 : !card.oneQueue && !isPinned
  return { isSpread, oneQueue: card.oneQueue, ring: card.ring }
}

const tableCommand = /(?:-X|--set-rxfh-indir|--rxfh)\s+\S+\s+(default|equal\s+\d+|weight(?:\s+\d+)+)/
const channelsCommand = /(?:-L|--set-channels)\s+\S+\s+.*?\bcombined\s+(\d{1,3})\b/
const ringCommand = /(?:-G|--set-ring)\s+\S+\s+.*?\brx\s+(\d{1,6})\b|hardware-dma-ring-rx\s+(\d{1,6})\b/

function isOneQueue([, setting = '']: RegExpExecArray): boolean {
  const [kind, ...numbers] = setting.split(/\s+/)
  if (kind === 'equal') return numbers[0] === '1'
  return kind === 'weight' && numbers.filter((one) => Number(one) > 0).length < 2
}

/** Where several processors are allowed, an interrupt stays where it is; what is computed when it runs is believed. */
function allow(
  card: { all: number | null; named: Map<string, number> },
  value: string,
  target: string,
  isList: boolean,
): void {
  const [first, ...more] = isList ? cpuList(value) : cpuMask(value)
  if (more.length > 0) return
  if (first === undefined || /[$*]/.test(target)) {
    card.all = first ?? null
    card.named.clear()
  } else card.named.set(target, first)
}

const writeCommand =
  /\b(?:echo|printf)\s+["']?([0-9a-fA-F,-]+|\$[^\s>]+)(?:\\n)?["']?\s*(?:>|\|\s*tee)\s*["']?([^\s"';]+)/g
/** systemd-tmpfiles: `w FILE - - - - VALUE`. */
const tmpfilesLine = /^w\S*\s+(\/\S+)(?:\s+-){4}\s+([0-9a-fA-F,-]+)\s*$/

function writesOf(text: string): { value: string; target: string }[] {
  const [, target, value] = tmpfilesLine.exec(text) ?? []
  if (target && value) return [{ target, value }]
  return [...text.matchAll(writeCommand)].map(([, written = '', file = '']) => ({
    value: written,
    target: file,
  }))
}
