import { expect, test } from 'vitest'
import { gradebookStates } from '#/classroom/assignments/gradebook.ts'
import { cellOf, stateOrder, tableColumns, toWire } from './wire.ts'

const column = (id: string, labs: string[]) => ({
  ...{ id, title: id, dueAt: null },
  labs: labs.map((lab) => ({ lab, weight: 1 })),
})
const cell = {
  ...{ lab: 'a', state: 'late' as const, share: 0.666666, attempts: 2, submission: 'x', overridden: true },
}
const person = { id: '1', name: 'Ada', login: null }

test('a page comes back as it was, but for figures that nobody sees', () => {
  const page = {
    columns: [column('one', ['a'])],
    rows: [{ person, assignments: [{ total: 0.666666, cells: [cell] }] }],
    ...{ count: 1, next: null },
  }
  const { rows, count } = toWire(page)
  expect(count).toBe(1)
  expect(rows[0]).toMatchObject({ ...person, totals: [0.6667] })
  const { lab: _, ...rest } = cell
  expect(rows[0]?.cells.map(cellOf)).toEqual([{ ...rest, share: 0.6667 }])
})

test('every state of the classroom has its number', () => {
  expect([...stateOrder].sort()).toEqual([...gradebookStates].sort())
})

test('a total has a column where there is more than one lab', () => {
  expect(tableColumns([column('one', ['a']), column('two', ['b', 'c'])])).toEqual([
    { kind: 'lab', assignment: 0, lab: 'a', cell: 0 },
    { kind: 'lab', assignment: 1, lab: 'b', cell: 1 },
    { kind: 'lab', assignment: 1, lab: 'c', cell: 2 },
    { kind: 'total', assignment: 1 },
  ])
})
