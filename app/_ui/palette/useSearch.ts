/** The index of this page's visit: asked for once, when the search is opened first. Until it has come, pages can be reached already. */
'use client'
import { useEffect, useState } from 'react'
import { paletteText } from '#/app/_text/en.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import type { Result } from '../ask.ts'
import { readingApi } from '../reading-api.ts'
import { type Entry, find, type Index, makeIndex } from './search.ts'

const pages: Entry[] = paletteText.pages.map(([href, title, where]) => ({
  kind: 'page',
  href,
  title,
  where,
  text: '',
}))
const pagesOnly = makeIndex(pages)

let asked: Promise<Result<Index>> | undefined

export interface Search {
  results: Entry[]
  loading: boolean
  problem: Problem | null
  again(): void
}

export function useSearch(question: string): Search {
  const [index, setIndex] = useState<Index | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let gone = false
    setProblem(null)
    indexOnce().then((result) => {
      if (gone) return
      if (result.ok) setIndex(result.value)
      else setProblem(result.problem)
    })
    return () => {
      gone = true
    }
  }, [attempt])
  const searched = index ?? pagesOnly
  const results = question.trim() === '' ? atFirst(searched) : find(searched, question, 24)
  return {
    results,
    loading: !index && !problem,
    problem,
    again: () => setAttempt(attempt + 1),
  }
}

/** Before anything is typed: where one can go. */
const atFirst = ({ entries }: Index): Entry[] =>
  entries.filter(({ kind }) => kind === 'page' || kind === 'chapter')

function indexOnce(): Promise<Result<Index>> {
  asked ??= readingApi.searchEntries().then((result): Result<Index> => {
    if (result.ok) return { ok: true, value: makeIndex([...pages, ...result.value]) }
    asked = undefined
    return result
  })
  return asked
}
