/**
 * Which rules of nft's listing end packets from a range, or hand them to somebody who may. A rule that only counts, logs or traces ends nothing.
 * Pure; knows no machine.
 */
import { overlap, type Range, rangesIn } from '../reading/addresses.ts'

/** Such rules, with the elements of the sets and maps that they ask in place of their names. */
export function rulesAgainst(listing: string, range: Range): string[] {
  const blocks = blocksOf(listing)
  return blocks
    .filter(({ kind }) => kind === 'chain')
    .flatMap(({ table, lines }) => lines.map((line) => writtenOut(line, table, blocks)))
    .filter((rule) => isRuleAgainst(rule, range))
}

export const isRuleAgainst = (rule: string, range: Range): boolean =>
  names(rule, range) && /\b(drop|reject|jump|goto|queue|notrack)\b/.test(effective(rule))

/** Whether a text speaks of the range, in anything but a remark, an exception or what a map lets through. */
export const names = (text: string, range: Range): boolean =>
  rangesIn(effective(text)).some((one) => overlap(one, range))

const effective = (text: string): string =>
  text
    .replace(/\b(comment|prefix|name) "[^"]*"/g, '')
    .replace(/!= (\{[^}]*\}|\S+)/g, '')
    .replace(/[^{,]*:\s*(accept|continue|return)\b/g, '')

interface Block {
  table: string
  kind: string
  name: string
  lines: string[]
}

/** The sets, maps and chains of a listing, each with its lines. Of nft's words for other things none names an address. */
function blocksOf(listing: string): Block[] {
  const blocks: Block[] = []
  let table = ''
  for (const line of listing.split('\n').map((one) => one.trim())) {
    const [, kind, name = ''] = /^(table|set|map|chain) (.+) \{$/.exec(line) ?? []
    if (kind === 'table') table = name
    else if (kind) blocks.push({ table, kind, name, lines: [] })
    else blocks.at(-1)?.lines.push(line)
  }
  return blocks
}

/** A set that a rule only writes into is not asked: `add @seen { ip saddr }`. */
const writtenOut = (rule: string, table: string, blocks: Block[]): string =>
  rule.replace(/(?<!\b(?:add|update|delete) )@([\w-]+)/g, (asked, name) => {
    const own = blocks.find((one) => one.table === table && one.kind !== 'chain' && one.name === name)
    return own ? (/elements = (\{[^}]*\})/.exec(own.lines.join(' '))?.[1] ?? '{ }') : asked
  })
