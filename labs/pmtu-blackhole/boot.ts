/**
 * What the files of this server will make of the reports of routers after the next boot: the rules that let them in or drop them, and what does
 * without them. Line by line, as rules are written; no judge of all of nftables. Pure.
 */
import { sectionsOf } from '../reading/sections.ts'
import type { Evidence } from '../shop/evidence.ts'
import type { Variant } from './variant.ts'

export interface AtBoot {
  /** There is a firewall at all. */
  filters: boolean
  /** Reports of routers come through. */
  hears: boolean
  /** The server sends nothing that is too long. */
  avoids: boolean
}

export function atBoot({ state }: Evidence, { mtu }: Variant): AtBoot {
  const { boot = '' } = sectionsOf(state)
  const lines = boot.split('\n').flatMap((line) => {
    const [, file, text] = /^(\/\S+): (.*)$/.exec(line) ?? []
    return file && text ? [{ file, text: text.replace(/\s#.*$/, '').trim() }] : []
  })
  const isIncluding = lines.some(
    ({ file, text }) => file === '/etc/nftables.conf' && /^include .*nftables\.d/.test(text),
  )
  const rules = lines.filter(
    ({ file }) =>
      file === '/etc/nftables.conf' || (isIncluding && /^\/etc\/nftables\.d\/.*\.nft$/.test(file)),
  )
  const commands = lines.filter(({ file }) => !file.startsWith('/etc/nftables')).map(({ text }) => text)
  return {
    filters: rules.some(({ text }) => /\bpolicy\s+drop\b/.test(text)),
    hears: letsIn(rules),
    avoids:
      smallest(commands, /\bmtu\s+(?:lock\s+)?(\d{3,5})\b/) <= mtu ||
      smallest(
        rules.map(({ text }) => text),
        /\bmaxseg\s+size\s+set\s+(\d{3,5})\b/,
      ) <=
        mtu - headers,
  }
}

/** IP's and TCP's. */
const headers = 40

/** Someone accepts reports, and nobody drops them who does not accept them before. */
function letsIn(rules: { file: string; text: string }[]): boolean {
  const isTracked = !rules.some(({ text }) => /\bnotrack\b/.test(text))
  const accepts = (text: string) =>
    /\baccept\b/.test(text) &&
    ((isTracked && /\bct state\b.*\brelated\b/.test(text)) ||
      (/\bicmp\b/.test(text) && speaksOfReports(text)))
  const drops = (text: string) =>
    /\b(drop|reject)\b/.test(text) && /\bicmp\b/.test(text) && speaksOfReports(text)
  return (
    rules.some(({ text }) => accepts(text)) &&
    rules.every(
      ({ file, text }, i) =>
        !drops(text) ||
        rules.slice(0, i).some((one) => one.file === file && /\bicmp\b/.test(one.text) && accepts(one.text)),
    )
  )
}

/** Of all ICMP, or of types among which destination-unreachable is. */
function speaksOfReports(rule: string): boolean {
  const [, not, types] = /\bicmp type (!= )?(\{[^}]*\}|\S+)/.exec(rule) ?? []
  if (types === undefined) return !/\bicmp (code|id)\b/.test(rule) || /frag-needed/.test(rule)
  return /destination-unreachable|\b3\b/.test(types) !== Boolean(not)
}

const smallest = (lines: string[], pattern: RegExp): number =>
  Math.min(Number.POSITIVE_INFINITY, ...lines.flatMap((line) => pattern.exec(line)?.[1] ?? []).map(Number))
