/** How far somebody is along the path: of each stage the chapters about it that are read, and its labs that are passed. Pure. */
import type { Course } from '#/app/_server/course.ts'
import { type StageId, stages } from '#/labs/stages.ts'
import { focusOf } from '../path/zones.ts'

export interface StageProgress {
  id: StageId
  name: string
  chapters: { done: number; all: number }
  labs: { done: number; all: number }
  state: 'nothing' | 'open' | 'begun' | 'done'
  /** The chapter to go on with is about it. */
  next: boolean
}

type Read = Pick<Course['chapters'][number], 'read'> & { meta: { stages: readonly StageId[] } }
type Tried = Pick<Course['labs'][number], 'passed'> & { meta: { stage?: StageId | null } }

export function progressAlong(
  chapters: readonly Read[],
  labs: readonly Tried[],
  next: Read | null,
): StageProgress[] {
  return stages.map(({ id, name }) => {
    const about = chapters.filter(({ meta }) => focusOf(meta.stages).includes(id))
    const here = labs.filter(({ meta }) => meta.stage === id)
    const read = { done: about.filter(({ read }) => read).length, all: about.length }
    const passed = { done: here.filter(({ passed }) => passed).length, all: here.length }
    const isNext = next !== null && focusOf(next.meta.stages).includes(id)
    return { id, name, chapters: read, labs: passed, state: stateOf(read, passed), next: isNext }
  })
}

function stateOf(chapters: StageProgress['chapters'], labs: StageProgress['labs']): StageProgress['state'] {
  const [done, all] = [chapters.done + labs.done, chapters.all + labs.all]
  if (all === 0) return 'nothing'
  return done === all ? 'done' : done > 0 ? 'begun' : 'open'
}
