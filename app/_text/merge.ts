/**
 * A translation over the English texts: piece by piece, English wherever a piece is missing or is of another kind. Pure; becomes part of a
 * language's own script, so that pages in English carry none of it.
 */
import type { Language } from './language.ts'

/** @param modules what the files of a language export */
export function languageOf(tag: string, modules: readonly object[]): Language {
  const translated: Record<string, unknown> = Object.assign({}, ...modules)
  return { tag, dir: directionOf(tag), of: (name, english) => merged(english, translated[name]) }
}

export function merged<T>(english: T, other: unknown): T {
  if (!isTree(english)) return isSameKind(english, other) ? (other as T) : english
  if (!isTree(other)) return english
  const pieces = Object.entries(english).map(([key, piece]) => [key, merged(piece, other[key])])
  return Object.fromEntries(pieces) as T
}

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isSameKind = (a: unknown, b: unknown): boolean =>
  typeof a === typeof b && Array.isArray(a) === Array.isArray(b) && b !== null

/** Those of the scripts that are written from the right. */
const fromTheRight = ['ar', 'dv', 'fa', 'he', 'ks', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']
const directionOf = (tag: string): Language['dir'] =>
  fromTheRight.includes(tag.split('-')[0] ?? '') ? 'rtl' : 'ltr'
