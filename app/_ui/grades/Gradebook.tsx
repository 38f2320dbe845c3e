/**
 * The gradebook: the learners of a cohort by the labs of its assignments. Only the rows in sight are drawn, and their figures are fetched where one
 * looks; for a screen reader it is one table with all of its rows. Knows no grading.
 */
'use client'
import { useEffect, useMemo, useRef, useState } from 'react'
import { gradesText as text } from '#/app/_text/en/people/grades.ts'
import { Button } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { CellSheet, type Opened } from './CellSheet.tsx'
import { Filters } from './Filters.tsx'
import { GradebookHead } from './GradebookHead.tsx'
import { GradebookLine } from './GradebookLine.tsx'
import { useCells } from './useCells.ts'
import { type Filter, useGradebook } from './useGradebook.ts'
import { useRows } from './useRows.ts'
import { cellOf, tableColumns, type WirePage } from './wire.ts'

interface Props {
  cohort: string
  timeZone: string
  first: WirePage
  filter: Filter
  /** By their ids. */
  titles: Record<string, string>
  /** Whether whoever looks may set and excuse. */
  mayGrade: boolean
}

/** Above the rows. */
const headRows = 2
/** As long as somebody scrolls past, nothing is fetched. */
const restMs = 90
/** So many rows beside those in sight are fetched with them. */
const beside = 20

export function Gradebook({ cohort, timeZone, first, filter, titles, mayGrade }: Props) {
  const book = useGradebook(cohort, first, filter)
  const table = useRef<HTMLDivElement>(null)
  const columns = useMemo(() => tableColumns(first.columns), [first.columns])
  const [opened, setOpened] = useState<Opened | null>(null)
  const { rows, from, to, reveal, active, heights } = useRows(table, book.count)
  const sizes = useMemo(() => {
    const labs = columns.filter(({ kind }) => kind === 'lab').length
    const px = { '--row': `${heights.row}px`, '--head': `${heights.head}px` }
    return { '--labs': labs, '--totals': columns.length - labs, ...px } as React.CSSProperties
  }, [columns, heights])
  const size = { rows: book.count, columns: columns.length + 1, page: 12 }
  const cells = useCells(table, size, reveal)
  active.current = cells.place.row
  const { want } = book
  useEffect(() => {
    const timer = setTimeout(() => want(Math.max(0, from - beside), to + beside), restMs)
    return () => clearTimeout(timer)
  }, [want, from, to])

  function open(row: number, column: number) {
    const [learner, at] = [book.rowAt(row), columns[column - 1]]
    const cell = at?.kind === 'lab' ? learner?.cells[at.cell] : undefined
    const assignment = at && first.columns[at.assignment]
    if (!learner || !cell || !assignment || at.kind !== 'lab') return
    const { id, name, login } = learner
    setOpened({
      ...{ person: { id, name, login }, cell: cellOf(cell) },
      assignment: { id: assignment.id, title: assignment.title },
      lab: { id: at.lab, title: titles[at.lab] ?? at.lab },
    })
  }

  return (
    <>
      <Filters
        filter={book.filter}
        assignments={first.columns}
        count={book.count}
        onChoose={(next) => {
          table.current?.scrollTo({ top: 0 })
          book.choose(next)
        }}
      />
      {book.problem && (
        <ProblemNote problem={book.problem} className="mt-6">
          <Button onClick={() => want(from, to)}>{text.again}</Button>
        </ProblemNote>
      )}
      {book.count === 0 ? (
        <p role="status" className="mt-8 text-muted">
          {Object.values(book.filter).every((chosen) => chosen === '') ? text.noLearner : text.nobody}
        </p>
      ) : (
        <>
          <p id="gradebook-keys" className="sr-only">
            {text.keys}
          </p>
          {/* biome-ignore lint/a11y/useSemanticElements: rows that are not drawn have no place in a table element */}
          <div
            ref={table}
            role="grid"
            tabIndex={-1}
            aria-label={text.title}
            aria-describedby="gradebook-keys"
            aria-rowcount={book.count + headRows}
            aria-colcount={columns.length + 1}
            className="gradebook figures mt-6"
            style={sizes}
            onKeyDown={cells.onKeyDown}
          >
            <GradebookHead columns={first.columns} titles={titles} timeZone={timeZone} mayGrade={mayGrade} />
            {/* biome-ignore lint/a11y/useSemanticElements: see above */}
            <div
              role="rowgroup"
              className="gradebook-body"
              style={{ height: `calc(${book.count} * var(--row))` }}
            >
              {rows.map(({ index }) => (
                <GradebookLine
                  key={index}
                  index={index}
                  head={headRows}
                  row={book.rowAt(index)}
                  columns={columns}
                  titles={titles}
                  focused={cells.place.row === index ? cells.place.column : null}
                  onFocus={cells.onFocus}
                  onOpen={open}
                />
              ))}
            </div>
          </div>
        </>
      )}
      <CellSheet
        opened={opened}
        mayGrade={mayGrade}
        onClose={() => {
          setOpened(null)
          cells.back()
        }}
        onChanged={() => book.refresh(from, to)}
      />
    </>
  )
}
