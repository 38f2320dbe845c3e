/**
 * Evidence made readable, whatever lab it is of: what the world's clients met, the parts of what the server said, and the figures beside them, each
 * before and after. Pure; judges nothing. A lab may collect what it likes, so nothing of its shape is taken for granted.
 */
import { sectionsOf } from '#/labs/reading/sections.ts'

export interface Compared<T = string> {
  name: string
  /** Null: not there. */
  before: T | null
  after: T | null
}

export interface WorldSeen {
  requests: number
  /** How many of each. */
  outcomes: Record<string, number>
  p50Ms: number | null
  p95Ms: number | null
  retransmits: number
  ms: number | null
}

/** What the clients of the world met in the load of this collection; null when there is none. */
export function worldOf(evidence: unknown): WorldSeen | null {
  const load = part(evidence, 'load')
  const results = part(load, 'results')
  if (!Array.isArray(results)) return null
  const outcomes: Record<string, number> = {}
  for (const one of results) {
    const outcome = String(part(one, 'outcome') ?? 'error')
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  const times = results
    .filter((one) => part(one, 'outcome') === 'ok')
    .flatMap((one) => numberOf(part(one, 'totalUs')) ?? [])
    .sort((a, b) => a - b)
  const at = (share: number) => {
    const us = times[Math.min(times.length - 1, Math.floor(times.length * share))]
    return us === undefined ? null : us / 1000
  }
  return {
    ...{ requests: results.length, outcomes, p50Ms: at(0.5), p95Ms: at(0.95) },
    retransmits: results.reduce((sum, one) => sum + (numberOf(part(one, 'retransmits')) ?? 0), 0),
    ms: numberOf(part(load, 'ms')),
  }
}

/** What the server printed, part by part (`@@ name`), before and after. */
export function saidOf(before: unknown, after: unknown): Compared[] {
  const [one, other] = [texts(before), texts(after)]
  return names(one, other).map((name) => ({
    ...{ name, before: one.get(name) ?? null, after: other.get(name) ?? null },
  }))
}

/** Everything that is neither: plain figures, and how long lists are. */
export function figuresOf(before: unknown, after: unknown): Compared[] {
  const [one, other] = [figures(before), figures(after)]
  return names(one, other).map((name) => ({
    ...{ name, before: one.get(name) ?? null, after: other.get(name) ?? null },
  }))
}

export const differs = ({ before, after }: Compared): boolean => before !== after

/** Longer texts that are not made of parts stand as one. */
const shortText = 60

function texts(evidence: unknown): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of entries(evidence)) {
    if (typeof value !== 'string') continue
    const sections = Object.entries(sectionsOf(value))
    for (const [section, text] of sections) found.set(`${name} · ${section}`, text)
    if (sections.length === 0 && value.length > shortText) found.set(name, value)
  }
  return found
}

function figures(evidence: unknown): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (value: unknown, path: string) => {
    if (Array.isArray(value)) found.set(path, `${value.length} ×`)
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) walk(inner, path ? `${path}.${name}` : name)
    else if (typeof value !== 'string') found.set(path, String(value))
    else if (value.length <= shortText && !value.includes('\n')) found.set(path, value)
  }
  walk(evidence, '')
  // What the world's table has said already.
  found.delete('load.results')
  found.delete('load.ms')
  return found
}

const names = (one: Map<string, string>, other: Map<string, string>): string[] => [
  ...new Set([...one.keys(), ...other.keys()]),
]

const entries = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []

const part = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined

const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null
