/** What the gradebook's page and its data route ask: the filter out of an address. Knows no rights. */
import 'server-only'
import { type GradebookFilter, gradebookStates } from '#/classroom/assignments/gradebook.ts'

export interface AskedFilter {
  name: string
  state: string
  assignment: string
}

/** Whatever an address says: what is no filter filters nothing. */
export function filterOf(text: (name: string) => string): { asked: AskedFilter; filter: GradebookFilter } {
  const state = gradebookStates.find((one) => one === text('state'))
  const assignment = /^[0-9a-f-]{36}$/.test(text('assignment')) ? text('assignment') : undefined
  const name = text('name').slice(0, 200)
  return {
    asked: { name, state: state ?? '', assignment: assignment ?? '' },
    filter: { ...(state && { state }), ...(assignment && { assignment }), ...(name && { name }) },
  }
}
