/**
 * The rows of a gradebook, fetched a page at a time where one looks. What is shown stays until what replaces it is there. Knows no table.
 */
'use client'
import { useCallback, useReducer, useRef, useState } from 'react'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { ask } from '../ask.ts'
import type { WirePage, WireRow } from './wire.ts'

export interface Filter {
  name: string
  state: string
  assignment: string
}

/** As many as the server sends at once. */
const pageRows = 100

export function useGradebook(cohort: string, first: WirePage, firstFilter: Filter) {
  const [filter, setFilter] = useState(firstFilter)
  const [count, setCount] = useState(first.count)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  const pages = useRef(new Map<number, WireRow[]>([[0, first.rows]]))
  const asked = useRef(new Set<number>([0]))
  /** Answers to an earlier question are not this one's. */
  const question = useRef(0)
  /** What is shown still are others than those who are asked for. */
  const others = useRef(false)

  const load = useCallback(
    async (page: number, asking: Filter) => {
      if (asked.current.has(page)) return
      asked.current.add(page)
      const mine = question.current
      const result = await ask<WirePage>(addressOf(cohort, asking, page * pageRows), {})
      if (mine !== question.current) return
      setProblem(result.ok ? null : result.problem)
      if (!result.ok) return void asked.current.delete(page)
      if (others.current) pages.current = new Map()
      others.current = false
      pages.current.set(page, result.value.rows)
      setCount(result.value.count)
      redraw()
    },
    [cohort],
  )

  const want = useCallback(
    (from: number, to: number) => {
      const last = Math.floor(Math.min(to, count - 1) / pageRows)
      for (let page = Math.floor(from / pageRows); page <= last; page++) void load(page, filter)
    },
    [load, filter, count],
  )

  return {
    filter,
    count,
    problem,
    rowAt: (index: number): WireRow | undefined =>
      pages.current.get(Math.floor(index / pageRows))?.[index % pageRows],
    want,
    choose(next: Filter) {
      question.current += 1
      asked.current = new Set()
      others.current = true
      setFilter(next)
      history.replaceState(null, '', `?${queryOf(next)}`)
      void load(0, next)
    },
    /** After a change: all of it anew, where one looks at once. */
    refresh(from: number, to: number) {
      question.current += 1
      asked.current = new Set()
      want(from, to)
    },
  }
}

export const queryOf = (filter: Filter): string =>
  new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== '')).toString()

const addressOf = (cohort: string, filter: Filter, from: number): string =>
  `/api/cohorts/${cohort}/gradebook?from=${from}&${queryOf(filter)}`
