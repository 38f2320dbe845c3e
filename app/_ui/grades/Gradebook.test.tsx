import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Gradebook } from './Gradebook.tsx'
import type { WirePage } from './wire.ts'

const first: WirePage = {
  columns: [
    {
      ...{ id: 'a', title: 'Homework', dueAt: '2099-07-01T16:00:00.000Z' },
      labs: [
        { lab: 'accept-queue', weight: 3 },
        { lab: 'ring-overflow', weight: 1 },
      ],
    },
  ],
  rows: Array.from({ length: 100 }, (_, i) => ({
    ...{ id: String(i), name: `Learner ${i}`, login: null, totals: [0.75] },
    cells: [
      [3, 0.8, 1, 'x', 1],
      [0, null, 0, null, 0],
    ],
  })),
  count: 5_000,
}

const html = () =>
  renderToStaticMarkup(
    <Gradebook
      {...{ cohort: 'c', timeZone: 'UTC', first, mayGrade: true }}
      filter={{ name: '', state: '', assignment: '' }}
      titles={{ 'accept-queue': 'Two queues' }}
    />,
  )

test('the server draws a screenful, of a table that says how many rows and columns it has', () => {
  const text = html()
  expect(text).toContain('aria-rowcount="5002"')
  expect(text).toContain('aria-colcount="4"')
  const rows = text.match(/aria-rowindex="\d+"/g) ?? []
  expect(rows.length).toBeGreaterThan(15)
  expect(rows.length).toBeLessThan(60)
  expect(text).toContain('Learner 0<')
})

test('each cell says in words what it shows by signs, and one stop of the Tab key leads into the table', () => {
  const text = html()
  expect(text).toContain('aria-label="Two queues, late, 80 %, set by an instructor"')
  expect(text).toContain('aria-label="ring-overflow, not started"')
  expect(text.match(/tabindex="0"/g)).toHaveLength(1)
})
