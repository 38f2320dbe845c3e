/**
 * The search: entries in, the best of them for a few words out. An index of a few thousand words in the browser's memory; no server, no
 * package. Every word of the question must occur, the last letters of each may be missing, and a word that occurs nowhere may have one letter
 * wrong. Knows no page.
 */
export interface Entry {
  kind: 'page' | 'chapter' | 'section' | 'lab' | 'command' | 'counter' | 'term'
  title: string
  /** What it belongs to, shown beside it. */
  where: string
  href: string
  /** Searched, and shown only as an excerpt. */
  text: string
}

export interface Index {
  entries: readonly Entry[]
  /** Word → entry → how much it weighs there. */
  words: Map<string, Map<number, number>>
}

const weights = { title: 10, where: 2, text: 1 } as const
/** Whole words before beginnings, what was typed before what was meant. */
const closeness = { same: 1, begins: 0.6, oneOff: 0.25 } as const

export function makeIndex(entries: readonly Entry[]): Index {
  const words: Index['words'] = new Map()
  entries.forEach((entry, at) => {
    for (const field of ['title', 'where', 'text'] as const) {
      for (const word of wordsOf(entry[field])) {
        const places = words.get(word) ?? new Map<number, number>()
        // A word that comes ten times is not ten times as fitting.
        const before = places.get(at) ?? 0
        places.set(at, Math.max(before + weights[field] * 0.1, weights[field]))
        words.set(word, places)
      }
    }
  })
  return { entries, words }
}

export function find({ entries, words }: Index, question: string, most = 12): Entry[] {
  const asked = typedWords(question)
  if (asked.length === 0) return []
  let scores: Map<number, number> | null = null
  for (const word of asked) {
    const found = matches(words, word, entries.length)
    const before: Map<number, number> | null = scores
    scores = before === null ? found : both(before, found)
  }
  const best = [...(scores ?? [])].sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || a - b)
  return best.slice(0, most).flatMap(([at]) => entries[at] ?? [])
}

/** A piece of the text around the first word that was asked for; '' when it is not in the text. */
export function excerpt(text: string, question: string, length = 110): string {
  const lower = text.toLowerCase()
  const at = typedWords(question)
    .map((word) => lower.indexOf(word))
    .find((place) => place >= 0)
  if (at === undefined) return ''
  const from = at < 30 ? 0 : lower.lastIndexOf(' ', at - 24) + 1
  const piece = text.slice(from, from + length)
  return `${from > 0 ? '… ' : ''}${piece.trim()}${from + length < text.length ? ' …' : ''}`
}

/** The words of a text, and what those made of several end in: TcpExtListenOverflows is also found as "listenoverflows" and "overflows". */
export function wordsOf(text: string): Set<string> {
  const all = new Set<string>()
  for (const word of text.match(/[\p{L}\p{N}_]+/gu) ?? []) {
    all.add(word.toLowerCase())
    for (const { index, 0: part } of word.matchAll(partOfName)) {
      if (part.length < 2 || part.length === word.length) continue
      all.add(part.toLowerCase())
      all.add(word.slice(index).toLowerCase())
    }
  }
  return all
}

/** Between underscores, or from one capital to before the next. */
const partOfName = /\p{Lu}*[\p{Ll}\p{N}]+|\p{Lu}+/gu

const typedWords = (question: string): string[] => question.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []

function matches(words: Index['words'], asked: string, count: number): Map<number, number> {
  const scores = new Map<number, number>()
  const add = (places: Map<number, number>, share: number) => {
    // A rare word says more.
    const rarity = Math.log(1 + count / places.size)
    for (const [at, weight] of places) scores.set(at, Math.max(scores.get(at) ?? 0, weight * share * rarity))
  }
  for (const [word, places] of words) {
    if (word === asked) add(places, closeness.same)
    else if (word.startsWith(asked)) add(places, closeness.begins)
  }
  if (scores.size > 0 || asked.length < 4) return scores
  for (const [word, places] of words) if (oneOff(word, asked)) add(places, closeness.oneOff)
  return scores
}

function both(a: Map<number, number>, b: Map<number, number>): Map<number, number> {
  return new Map(
    [...a].flatMap(([at, score]) => {
      const other = b.get(at)
      return other === undefined ? [] : [[at, score + other] as const]
    }),
  )
}

/** One letter wrong, missing, too many, or two neighbours changed. */
function oneOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < a.length && a[from] === b[from]) from++
  const rest = (text: string, skip: number) => text.slice(from + skip)
  if (a.length > b.length) return rest(a, 1) === rest(b, 0)
  if (a.length < b.length) return rest(a, 0) === rest(b, 1)
  const changed = a[from] === b[from + 1] && a[from + 1] === b[from] && rest(a, 2) === rest(b, 2)
  return changed || rest(a, 1) === rest(b, 1)
}
