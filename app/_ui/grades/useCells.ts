/**
 * The keyboard in a table of cells: one stop of the Tab key, arrows go from cell to cell (https://www.w3.org/WAI/ARIA/apg/patterns/grid/). Knows no
 * content; a cell is found by its data-cell.
 */
'use client'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'

export interface Place {
  row: number
  column: number
}

interface Size {
  rows: number
  columns: number
  /** Rows of a screenful. */
  page: number
}

export function useCells(table: RefObject<HTMLElement | null>, size: Size, reveal: (row: number) => void) {
  const [here, setHere] = useState<Place>({ row: 0, column: 0 })
  const wanted = useRef(false)
  const place = { row: Math.min(here.row, Math.max(0, size.rows - 1)), column: here.column }

  // After every drawing: the row that is gone to may not be there yet.
  useEffect(() => {
    if (!wanted.current) return
    const cell = table.current?.querySelector<HTMLElement>(`[data-cell="${place.row}-${place.column}"]`)
    if (!cell) return
    wanted.current = false
    cell.focus({ preventScroll: true })
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })

  return {
    place,
    onFocus: setHere,
    /** The focus comes back to where it was. */
    back() {
      wanted.current = true
      setHere({ ...place })
    },
    onKeyDown(event: KeyboardEvent) {
      const next = after(event, place, size)
      if (!next) return
      event.preventDefault()
      wanted.current = true
      reveal(next.row)
      setHere(next)
    },
  }
}

/** Null: not a key of the table's. */
export function after(
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  { row, column }: Place,
  { rows, columns, page }: Size,
): Place | null {
  const ends = ctrlKey || metaKey
  const go = (down: number, right: number): Place => ({
    row: Math.min(Math.max(0, row + down), rows - 1),
    column: Math.min(Math.max(0, column + right), columns - 1),
  })
  if (key === 'Home') return ends ? { row: 0, column: 0 } : { row, column: 0 }
  if (key === 'End') return { row: ends ? rows - 1 : row, column: columns - 1 }
  const steps: Record<string, [number, number]> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    PageUp: [-page, 0],
    PageDown: [page, 0],
  }
  const step = ends ? undefined : steps[key]
  return step ? go(...step) : null
}
