/**
 * Which rows of a long table are drawn: those in sight, a few beside them, and the one that has the focus, which the keyboard must not lose. Heights are
 * told to the style sheet, so that what is computed and what is drawn are the same. Knows no content.
 */
'use client'
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

interface Heights {
  row: number
  head: number
}

/** At the usual size of type, which the server takes for given. */
const usual: Heights = { row: 40, head: 88 }

export function useRows(table: RefObject<HTMLDivElement | null>, count: number) {
  const active = useRef(0)
  const [heights, setHeights] = useState(usual)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => table.current,
    estimateSize: useCallback(() => heights.row, [heights]),
    overscan: 12,
    // The heads stay above the rows.
    scrollMargin: heights.head,
    scrollPaddingStart: heights.head,
    initialRect: { width: 1200, height: 640 },
    rangeExtractor: useCallback((range: Range) => {
      const rows = defaultRangeExtractor(range)
      const { current } = active
      if (current >= range.count || rows.includes(current)) return rows
      return [...rows, current].sort((a, b) => a - b)
    }, []),
  })
  useEffect(() => setHeights(heightsHere()), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: it keeps what it has measured until it is told
  useEffect(() => virtual.measure(), [heights])
  const rows = virtual.getVirtualItems()
  return {
    rows,
    /** The first and the last in sight: a row that has the focus may be far from them. */
    from: virtual.range?.startIndex ?? 0,
    to: virtual.range?.endIndex ?? 0,
    reveal: (row: number) => virtual.scrollToIndex(row),
    active,
    heights,
  }
}

/** In the reader's size of type, and high enough for fingers. */
function heightsHere(): Heights {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
  const isCoarse = matchMedia('(pointer: coarse)').matches
  return { row: Math.round(rem * (isCoarse ? 2.75 : 2.5)), head: Math.round(rem * 5.5) }
}
