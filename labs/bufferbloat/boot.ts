/**
 * What shapes the way out after the next boot, by the `tc` lines of the files that a boot reads: which queue stands last, at which rate, and what waits in it.
 * Pure.
 */
import { bootLinesOf } from '../reading/boot.ts'
import type { Sections } from '../reading/sections.ts'
import { commandsOf } from './boot-commands.ts'

export interface AtBoot {
  /** Null: nothing shapes. */
  rateKbit: number | null
  /** The kinds of queues in which packets will wait; `fifo` where nobody says anything. */
  leaves: string[]
}

export function atBoot(sections: Sections): AtBoot {
  const tree: Tree = { root: null, below: new Map(), classes: new Map() }
  for (const words of commandsOf(bootLinesOf(sections))) apply(tree, words)
  return { rateKbit: rateOf(tree), leaves: leavesOf(tree) }
}

interface Tree {
  root: { kind: string; handle: string; rest: string[] } | null
  /** By parent. */
  below: Map<string, string>
  /** HTB's and HFSC's, by classid. */
  classes: Map<string, { parent: string; rateKbit: number | null }>
}

function apply(tree: Tree, [object, action = '', ...words]: string[]): void {
  const after = (name: string) => words[words.indexOf(name) + 1] ?? ''
  if (!words.includes('dev') || after('dev') !== 'eth0') return
  const parent = words.includes('parent') ? after('parent') : ''
  const isSetting = /^(add|replace|change)$/.test(action)
  if (object === 'class') {
    if (isSetting && words.includes('classid') && !(action === 'add' && tree.classes.has(after('classid'))))
      tree.classes.set(after('classid'), { parent, rateKbit: limitOf(words) })
    return
  }
  const isRoot = words.includes('root')
  if (/^del/.test(action)) {
    if (isRoot) Object.assign(tree, { root: null, below: new Map(), classes: new Map() })
    else tree.below.delete(parent)
    return
  }
  if (!isSetting) return
  const at = words.findIndex((word, i) => kinds.includes(word) && !placing.includes(words[i - 1] ?? ''))
  const kind = words[at]
  if (!kind) return
  // What somebody has put there already, `add` leaves as it is, with an error that a boot does not show to anybody.
  if (action === 'add' && (isRoot ? tree.root !== null : tree.below.has(parent))) return
  if (!isRoot) {
    tree.below.delete(parent)
    tree.below.set(parent, kind)
    return
  }
  const handle = words.includes('handle') ? after('handle').replace(/:.*$/, '') : (tree.root?.handle ?? '')
  // What is there already is changed, and keeps what stands below it (tc_modify_qdisc, net/sched/sch_api.c).
  const isSame = tree.root?.kind === kind && tree.root.handle === handle
  if (!isSame) Object.assign(tree, { below: new Map(), classes: new Map() })
  tree.root = { kind, handle, rest: words.slice(at + 1) }
}

const placing = ['dev', 'parent', 'handle']
const kinds = (
  'tbf htb hfsc cake fq_codel fq_pie fq sfq codel pie red sfb choke drr qfq hhf prio ets pfifo bfifo pfifo_fast ' +
  'pfifo_head_drop mq noqueue'
).split(' ')

/** What a class lets go at most; null: as much as it finds. */
function limitOf(words: string[]): number | null {
  const rateIn = (part: string[], ...names: string[]) => {
    const at = part.findIndex((word) => names.includes(word))
    return at < 0 ? null : kbitOf(part[at + 1] ?? '')
  }
  if (!words.includes('hfsc'))
    return words.includes('rate') ? (rateIn(words, 'ceil') ?? rateIn(words, 'rate')) : null
  const has = (name: string) => words.includes(name)
  /** What a curve comes to in the long run. */
  const curve = (name: string) => {
    const [, ...own] = has(name) ? words.slice(words.indexOf(name)) : []
    const end = own.findIndex((word) => curves.includes(word))
    return rateIn(end < 0 ? own : own.slice(0, end), 'm2', 'rate')
  }
  // What `ls` and `sc` share out is as much as there is, unless `ul` holds it back; `rt` alone lets go what it says (hfsc_dequeue, net/sched/sch_hfsc.c).
  return has('ul') || has('ls') || has('sc') ? curve('ul') : curve('rt')
}

const curves = ['rt', 'ls', 'sc', 'ul']

function rateOf({ root, classes }: Tree): number | null {
  const after = (name: string) => root?.rest[root.rest.indexOf(name) + 1] ?? ''
  if (root?.kind === 'tbf') return kbitOf(after('rate'))
  if (root?.kind === 'cake') return root.rest.includes('bandwidth') ? kbitOf(after('bandwidth')) : null
  const rates = [...classes.values()].flatMap(({ rateKbit }) => rateKbit ?? [])
  return root && isClassful(root.kind) && rates.length > 0 ? Math.max(...rates) : null
}

const isClassful = (kind: string): boolean => kind === 'htb' || kind === 'hfsc'

function leavesOf({ root, below, classes }: Tree): string[] {
  if (!root) return []
  if (root.kind === 'tbf') return [[...below.values()].at(-1) ?? 'fifo']
  if (!isClassful(root.kind)) return [root.kind, ...below.values()]
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
