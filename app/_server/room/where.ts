/** Where in the course a page is, by its address. Pure; knows nobody. */
import type { Tile } from '#/classroom/room/view.ts'

const parts = { chapters: 'chapter', labs: 'lab' } as const

/** Of an assignment, beside those of its labs. */
const pages = ['edit', 'extensions', 'regrade']

export function itemAt(path: string): Tile['item'] {
  if (path === '/playground') return 'playground'
  const [, work] = /^\/assignments\/[\w-]{1,64}\/([a-z0-9][a-z0-9-]{0,63})$/.exec(path) ?? []
  if (work && !pages.includes(work)) return `lab:${work}`
  const [, part, item] = /^\/(chapters|labs)\/([a-z0-9][a-z0-9-]{0,63})$/.exec(path) ?? []
  return item ? `${parts[part as keyof typeof parts]}:${item}` : null
}
