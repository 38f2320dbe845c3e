/**
 * What shapes the way out after the next boot, by the `tc` lines of the files that a boot reads: which queue stands last, at which rate, and what waits in it. Line
 * by line, with a script's own plain variables; no judge of all of the shell. Pure.
 */
import { type BootLine, bootLinesOf } from '../reading/boot.ts'
import type { Sections } from '../reading/sections.ts'

export interface AtBoot {
  /** Null: nothing shapes. */
  rateKbit: number | null
  /** The kinds of queues in which packets will wait; `fifo` where nobody says anything. */
  leaves: string[]
}

/** What of these files may matter: commands, what calls a script, and what a script's names stand for. */
export const bootPattern = '*tc\\ * | *qdisc* | *class* | */usr/local/* | *=*'

export function atBoot(sections: Sections): AtBoot {
  const tree: Tree = { root: null, below: new Map(), classes: new Map() }
  for (const words of commandsOf(called(bootLinesOf(sections)))) apply(tree, words)
  return { rateKbit: rateOf(tree), leaves: leavesOf(tree) }
}

interface Tree {
  root: { kind: string; rest: string[] } | null
  /** By parent. */
  below: Map<string, string>
  /** HTB's, by classid. */
  classes: Map<string, { parent: string; rateKbit: number | null }>
}

/** Of the scripts of one's own only those that something calls. */
function called(lines: BootLine[]): BootLine[] {
  const isOwn = (file: string) => file.startsWith('/usr/local/')
  const words = lines.flatMap(({ file, text }) => (isOwn(file) ? [] : text.split(/[\s=;&|"'@!]+/)))
  const named = words.map((word) => word.replace(/^[-+]/, ''))
  return lines.filter(({ file }) => !isOwn(file) || named.includes(file))
}

/** The words behind `tc`, of each command in the order of the boot. A file for `tc -batch` has none before them. */
function commandsOf(lines: BootLine[]): string[][] {
  const names = new Map<string, string>()
  return lines.flatMap(({ file, text }) => {
    const [, name, value] = /^(?:export\s+|readonly\s+)?(\w+)=["']?([^"'\s;]*)["']?$/.exec(text) ?? []
    if (name) names.set(`${file} ${name}`, value as string)
    const plain = text.replace(/\$\{?(\w+)\}?/g, (whole, one) => names.get(`${file} ${one}`) ?? whole)
    return plain.split(/&&|\|\||;/).flatMap((part) => {
      const words = /(?:^|[\s=/@!+-])tc\s+(?:-\S+\s+)*((?:qdisc|class)\s.*)$|^\s*((?:qdisc|class)\s.*)$/.exec(
        part,
      )
      return words ? [(words[1] ?? words[2] ?? '').replaceAll(/["']/g, '').trim().split(/\s+/)] : []
    })
  })
}

function apply(tree: Tree, [object, action = '', ...words]: string[]): void {
  const after = (name: string) => words[words.indexOf(name) + 1] ?? ''
  if (!words.includes('dev') || after('dev') !== 'eth0') return
  const isRoot = words.includes('root')
  const parent = words.includes('parent') ? after('parent') : ''
  if (object === 'class') {
    const rate = words.includes('ceil') ? after('ceil') : after('rate')
    if (/^(add|replace|change)$/.test(action) && words.includes('classid'))
      tree.classes.set(after('classid'), { parent, rateKbit: words.includes('rate') ? kbitOf(rate) : null })
    return
  }
  if (/^del/.test(action)) {
    if (isRoot) Object.assign(tree, { root: null, below: new Map(), classes: new Map() })
    else tree.below.delete(parent)
    return
  }
  if (!/^(add|replace|change)$/.test(action)) return
  const at = words.findIndex((word, i) => kinds.includes(word) && !placing.includes(words[i - 1] ?? ''))
  const kind = words[at]
  if (!kind) return
  if (isRoot)
    Object.assign(tree, {
      root: { kind, rest: words.slice(at + 1) },
      below: new Map(),
      classes: new Map(),
    })
  else tree.below.set(parent, kind)
}

const placing = ['dev', 'parent', 'handle']
const kinds = (
  'tbf htb hfsc cake fq_codel fq_pie fq sfq codel pie red sfb choke drr qfq hhf prio ets pfifo bfifo pfifo_fast ' +
  'pfifo_head_drop mq noqueue'
).split(' ')

function rateOf({ root, classes }: Tree): number | null {
  const after = (name: string) => root?.rest[root.rest.indexOf(name) + 1] ?? ''
  if (root?.kind === 'tbf') return kbitOf(after('rate'))
  if (root?.kind === 'cake') return root.rest.includes('bandwidth') ? kbitOf(after('bandwidth')) : null
  const rates = [...classes.values()].flatMap(({ rateKbit }) => rateKbit ?? [])
  return root?.kind === 'htb' && rates.length > 0 ? Math.max(...rates) : null
}

function leavesOf({ root, below, classes }: Tree): string[] {
  if (!root) return []
  if (root.kind === 'tbf') return [[...below.values()].at(-1) ?? 'fifo']
  if (root.kind !== 'htb') return [root.kind, ...below.values()]
  const inner = [...classes.values()].map(({ parent }) => parent)
  return [...classes.keys()].filter((id) => !inner.includes(id)).map((id) => below.get(id) ?? 'fifo')
}

/** As `tc` reads rates: bits a second, or bytes where the unit ends in bps. */
export function kbitOf(text: string): number | null {
  const [, number, prefix = '', unit] = /^(\d+(?:\.\d+)?)(k|m|g|t|ki|mi|gi|ti)?(bit|bps)?$/i.exec(text) ?? []
  if (number === undefined) return null
  const factor = (prefix.length > 1 ? 1024 : 1000) ** ' kmgt'.indexOf(prefix.charAt(0).toLowerCase() || ' ')
  return (Number(number) * factor * (unit?.toLowerCase() === 'bps' ? 8 : 1)) / 1000
}
