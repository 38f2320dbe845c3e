/** One learner's row. Drawn anew only when its own figures or the focus in it change: a table that scrolls draws hundreds of them. */
'use client'
import { memo } from 'react'
import { gradesText as text } from '#/app/_text/en/people/grades.ts'
import type { Total } from '#/classroom/assignments/total.ts'
import { stateMarks } from '../assignment/GradeState.tsx'
import type { Place } from './useCells.ts'
import { cellOf, type TableColumn, type WireRow } from './wire.ts'

interface Props {
  index: number
  /** Rows above the first one. */
  head: number
  /** Undefined: on its way. */
  row: WireRow | undefined
  columns: readonly TableColumn[]
  titles: Record<string, string>
  /** The column that has the focus when the table has it. */
  focused: number | null
  onFocus(place: Place): void
  onOpen(row: number, column: number): void
}

export const GradebookLine = memo(
  function GradebookLine({ index, head, row, columns, titles, focused, onFocus, onOpen }: Props) {
    const at = (column: number) => ({
      'data-cell': `${index}-${column}`,
      'aria-colindex': column + 1,
      onFocus: () => onFocus({ row: index, column }),
    })
    const tab = (column: number) => (column === focused ? 0 : -1)
    const open = (column: number) => ({
      onClick: () => onOpen(index, column),
      onKeyDown: (event: React.KeyboardEvent) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        onOpen(index, column)
      },
    })
    return (
      // biome-ignore lint/a11y/useSemanticElements: rows that are not drawn have no place in a table element
      <div
        role="row"
        tabIndex={-1}
        aria-rowindex={index + head + 1}
        className="gradebook-row"
        style={{ transform: `translateY(calc(${index} * var(--row)))` }}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div role="rowheader" tabIndex={tab(0)} {...at(0)} className="gradebook-name font-medium">
          {row ? (
            <span title={row.login === null ? row.name : `${row.name}, ${row.login}`}>
              <bdi>{row.name}</bdi>
              {row.login !== null && (
                <>
                  {' '}
                  <bdi className="gradebook-login">{row.login}</bdi>
                </>
              )}
            </span>
          ) : (
            text.loading
          )}
        </div>
        {columns.map((column, i) =>
          column.kind === 'lab' ? (
            // biome-ignore lint/a11y/useSemanticElements: see above
            <div
              key={column.cell}
              role="gridcell"
              tabIndex={tab(i + 1)}
              {...at(i + 1)}
              {...open(i + 1)}
              data-first={isFirst(columns, i) || undefined}
              className="gradebook-cell"
              aria-label={row && labelOf(row, column, titles)}
            >
              {row && <Figure row={row} cell={column.cell} />}
            </div>
          ) : (
            // biome-ignore lint/a11y/useSemanticElements: see above
            <div
              key={`total-${column.assignment}`}
              role="gridcell"
              tabIndex={tab(i + 1)}
              {...at(i + 1)}
              className="gradebook-total"
            >
              {row && totalText(row.totals[column.assignment] ?? null)}
            </div>
          ),
        )}
      </div>
    )
  },
  // What it calls is the table's, and the same for all of its life.
  (before, after) =>
    before.row === after.row &&
    before.focused === after.focused &&
    before.index === after.index &&
    before.columns === after.columns,
)

function Figure({ row, cell }: { row: WireRow; cell: number }) {
  const wire = row.cells[cell]
  if (!wire) return null
  const { state, share, overridden } = cellOf(wire)
  const { Shape, tone } = stateMarks[state]
  return (
    <>
      <Shape className={tone} />
      {share === null ? (
        state !== 'not_started' && <span className={tone}>{text.states[state]}</span>
      ) : (
        <span className={overridden ? 'gradebook-set' : ''}>{text.percent(share)}</span>
      )}
    </>
  )
}

function labelOf(row: WireRow, column: TableColumn & { kind: 'lab' }, titles: Record<string, string>) {
  const wire = row.cells[column.cell]
  if (!wire) return undefined
  const { state, ...rest } = cellOf(wire)
  return text.cell({ ...rest, lab: titles[column.lab] ?? column.lab, state: text.states[state] })
}

const isFirst = (columns: readonly TableColumn[], i: number): boolean =>
  columns[i - 1]?.assignment !== columns[i]?.assignment

function totalText(total: Total): string {
  if (total === 'undecided') return text.undecided
  return total === null ? text.none : text.percent(total)
}
