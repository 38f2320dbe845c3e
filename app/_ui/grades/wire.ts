/**
 * A page of the gradebook as it travels to the browser: a class of thousands is looked through, so each cell is five figures and not a form. Both ways in
 * one place. Pure.
 */
import type {
  GradebookCell,
  GradebookColumn,
  GradebookPage,
  GradebookState,
} from '#/classroom/assignments/gradebook.ts'
import type { Total } from '#/classroom/assignments/total.ts'

export const stateOrder = ['not_started', 'running', 'submitted', 'late', 'excused', 'error'] as const

/** State, share, attempts, submission, 1 when it was overridden. */
type WireCell = [state: number, share: number | null, attempts: number, submission: string | null, set: 0 | 1]

export interface WireRow {
  id: string
  name: string
  login: string | null
  /** Of all assignments, one after the other. */
  cells: WireCell[]
  totals: Total[]
}

export interface WirePage {
  columns: GradebookColumn[]
  rows: WireRow[]
  count: number
}

export const toWire = ({ columns, rows, count }: GradebookPage): WirePage => ({
  columns,
  count,
  rows: rows.map(({ person, assignments }) => ({
    ...person,
    cells: assignments.flatMap(({ cells }) => cells.map(cellToWire)),
    totals: assignments.map(({ total }) => (typeof total === 'number' ? rounded(total) : total)),
  })),
})

const cellToWire = ({ state, share, attempts, submission, overridden }: GradebookCell): WireCell => [
  stateOrder.indexOf(state),
  share === null ? null : rounded(share),
  attempts,
  submission,
  overridden ? 1 : 0,
]

export interface Cell {
  state: GradebookState
  share: number | null
  attempts: number
  submission: string | null
  overridden: boolean
}

export function cellOf([state, share, attempts, submission, set]: WireCell): Cell {
  return { state: stateOrder[state] ?? 'not_started', share, attempts, submission, overridden: set === 1 }
}

const rounded = (share: number): number => Math.round(share * 1e4) / 1e4

/** A column of the table, in its order: a lab of an assignment, or the assignment's total. */
export type TableColumn =
  | { kind: 'lab'; assignment: number; lab: string; cell: number }
  | { kind: 'total'; assignment: number }

export function tableColumns(columns: readonly GradebookColumn[]): TableColumn[] {
  let cell = 0
  return columns.flatMap(({ labs }, assignment): TableColumn[] => [
    ...labs.map(({ lab }) => ({ kind: 'lab' as const, assignment, lab, cell: cell++ })),
    ...(labs.length > 1 ? [{ kind: 'total' as const, assignment }] : []),
  ])
}
