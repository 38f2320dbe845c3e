/** Where in the course a page is, by its address. Pure; knows nobody. */
import type { Tile } from '#/classroom/room/view.ts'

const parts = { chapters: 'chapter', labs: 'lab' } as const

/** Of an assignment, beside those of its labs. */
const pages = ['edit', 'extensions', 'regrade']

export interface Where {
  item: Tile['item']
  /** Whose work it is: only its cohort may know of it. Null: of none. */
  assignment: string | null
}

export function whereAt(path: string): Where {
  const [, assignment, work] = /^\/assignments\/([\w-]{1,64})\/([a-z0-9][a-z0-9-]{0,63})$/.exec(path) ?? []
  if (assignment && work && !pages.includes(work)) return { item: `lab:${work}`, assignment }
  return { item: itemAt(path), assignment: null }
}

function itemAt(path: string): Tile['item'] {
  if (path === '/playground') return 'playground'
  const [, part, item] = /^\/(chapters|labs)\/([a-z0-9][a-z0-9-]{0,63})$/.exec(path) ?? []
  return item ? `${parts[part as keyof typeof parts]}:${item}` : null
}
