/** The course as one person sees it: chapters in order, their labs, what is done and what comes next. Knows no page. */
import 'server-only'
import { cache } from 'react'
import type { Person } from '#/classroom/index.ts'
import type { PlaceView } from '#/classroom/types.ts'
import { chapters } from '#/content/catalog.ts'
import { outline } from '#/content/outline.ts'
import type { ChapterMeta } from '#/content/schema.ts'
import type { LabMeta } from '#/labs/schema.ts'
import { classroom } from './classroom.ts'
import { labList } from './labs.ts'
import { attemptsNow } from './machines.ts'
import { requirePerson } from './person.ts'

export type LabProgress = 'open' | 'running' | 'passed'
export interface CourseLab {
  meta: LabMeta
  progress: LabProgress
}
export interface CourseChapter {
  meta: ChapterMeta
  read: boolean
  /** The heading at which the person stopped, from whatever device. */
  place: PlaceView | null
  labs: CourseLab[]
}
export interface Course {
  chapters: CourseChapter[]
  /** All labs along the path, also those whose chapter is not written yet. */
  labs: CourseLab[]
  /** Where the person stopped last. */
  lastPlace: PlaceView | null
  /** Where to go on: the first chapter that is unread or has a lab to pass. */
  next: CourseChapter | null
  count: { read: number; chapters: number; passed: number; labs: number }
}

/** The course of whoever asks, once per request. */
export const courseNow = cache(async (): Promise<Course> => courseOf(await requirePerson()))

async function courseOf(person: Person): Promise<Course> {
  const room = await classroom()
  const [metas, labs, progress, attempts] = await Promise.all([
    chapters(),
    labList(),
    room.progress(person),
    attemptsNow(),
  ])
  const running = new Set(attempts.map(({ lab }) => lab))
  const seen = (meta: LabMeta): CourseLab => ({
    meta,
    progress: running.has(meta.id) ? 'running' : progress.labsPassed.includes(meta.id) ? 'passed' : 'open',
  })
  const list = metas.map((meta) => ({
    meta,
    read: progress.chaptersRead.includes(meta.slug),
    place: progress.places.find(({ chapter }) => chapter === meta.slug) ?? null,
    labs: labs.filter((lab) => meta.labs.includes(lab.id)).map(seen),
  }))
  const offered = alongThePath(labs).map(seen)
  return {
    chapters: list,
    labs: offered,
    lastPlace: progress.places.find(({ chapter }) => metas.some(({ slug }) => slug === chapter)) ?? null,
    next:
      list.find((chapter) => !chapter.read || chapter.labs.some((lab) => lab.progress !== 'passed')) ?? null,
    count: {
      read: list.filter((chapter) => chapter.read).length,
      chapters: list.length,
      passed: offered.filter((lab) => progress.labsPassed.includes(lab.meta.id)).length,
      labs: offered.length,
    },
  }
}

/** By their chapters: from the wire to the app, between a look around and an incident. */
const alongThePath = (labs: LabMeta[]): LabMeta[] =>
  labs.toSorted((a, b) => placeOf(a) - placeOf(b) || a.title.localeCompare(b.title))
const order: readonly string[] = outline
const placeOf = ({ chapter }: LabMeta): number =>
  order.includes(chapter) ? order.indexOf(chapter) : order.length
