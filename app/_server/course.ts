/** The course as one person sees it: chapters in order, their labs, what is done and what comes next. Knows no page. */
import 'server-only'
import { cache } from 'react'
import type { Person } from '#/classroom/index.ts'
import type { Openness } from '#/classroom/release.ts'
import type { PlaceView } from '#/classroom/types.ts'
import { chapters } from '#/content/catalog.ts'
import { outline } from '#/content/outline.ts'
import type { ChapterMeta } from '#/content/schema.ts'
import type { LabMeta } from '#/labs/schema.ts'
import { classroom } from './classroom.ts'
import { labList } from './labs.ts'
import { attemptsNow } from './machines.ts'
import { requirePerson } from './person.ts'

/** `closed`: not open for this person yet. */
export type LabProgress = 'closed' | 'open' | 'running' | 'passed'
export interface CourseLab {
  meta: LabMeta
  progress: LabProgress
  /** Once; also while it is done again. */
  passed: boolean
}
export interface CourseChapter {
  meta: ChapterMeta
  read: boolean
  /** Whether it is open for this person, and what it waits for. */
  openness: Openness
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
  /** When something more opens that has a date; null: all of it is open, or nobody has said when. */
  opensAt: { at: Date; timeZone: string } | null
  count: { read: number; chapters: number; passed: number; labs: number }
}

/** The course of whoever asks, once per request. */
export const courseNow = cache(async (): Promise<Course> => courseOf(await requirePerson()))

async function courseOf(person: Person): Promise<Course> {
  const room = await classroom()
  const [metas, labs, progress, attempts, openness] = await Promise.all([
    chapters(),
    labList(),
    room.progress(person),
    attemptsNow(),
    opennessNow(),
  ])
  const running = new Set(attempts.filter(({ assignment }) => assignment === null).map(({ lab }) => lab))
  const progressOf = (id: string): LabProgress => {
    if (running.has(id)) return 'running'
    if (progress.labsPassed.includes(id)) return 'passed'
    return openness(`lab:${id}`).open ? 'open' : 'closed'
  }
  const seen = (meta: LabMeta): CourseLab => ({
    meta,
    progress: progressOf(meta.id),
    passed: progress.labsPassed.includes(meta.id),
  })
  const list = metas.map((meta) => ({
    meta,
    read: progress.chaptersRead.includes(meta.slug),
    openness: openness(`chapter:${meta.slug}`),
    place: progress.places.find(({ chapter }) => chapter === meta.slug) ?? null,
    labs: labs.filter((lab) => meta.labs.includes(lab.id)).map(seen),
  }))
  const offered = alongThePath(labs).map(seen)
  return {
    chapters: list,
    labs: offered,
    lastPlace: progress.places.find(({ chapter }) => metas.some(({ slug }) => slug === chapter)) ?? null,
    next:
      list.find(
        ({ read, labs, openness }) =>
          openness.open && (!read || labs.some(({ passed, progress }) => !passed && progress !== 'closed')),
      ) ?? null,
    opensAt: soonest(list.map(({ openness }) => openness)),
    count: {
      read: list.filter((chapter) => chapter.read).length,
      chapters: list.length,
      passed: offered.filter(({ passed }) => passed).length,
      labs: offered.length,
    },
  }
}

function soonest(all: Openness[]): Course['opensAt'] {
  const dated = all.flatMap((one) =>
    !one.open && one.until !== null ? [{ at: one.until, timeZone: one.timeZone }] : [],
  )
  return dated.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null
}

/** Whoever asks: what is open for them, once per request. */
export const opennessNow = cache(async () => (await classroom()).openFor(await requirePerson()))

/** By their chapters: from the wire to the app, between a look around and an incident. */
const alongThePath = (labs: LabMeta[]): LabMeta[] =>
  labs.toSorted((a, b) => placeOf(a) - placeOf(b) || a.title.localeCompare(b.title))
const order: readonly string[] = outline
const placeOf = ({ chapter }: LabMeta): number =>
  order.includes(chapter) ? order.indexOf(chapter) : order.length
