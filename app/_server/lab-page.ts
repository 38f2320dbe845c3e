/**
 * A lab as one person may see it: the ticket, the hints that they have asked for, the debrief once they have passed. Everything else in a lab's
 * folder (checks, fixes, variants) stays behind this file.
 */
import 'server-only'
import type { Person } from '#/classroom/index.ts'
import type { Hint } from '#/labs/folder.ts'
import type { LabMeta, Question } from '#/labs/schema.ts'
import { classroom } from './classroom.ts'
import { labList, labQuestions, labTexts } from './labs.ts'

export interface LabPage {
  meta: LabMeta
  /** What is asked instead of a diagnosis, where nothing is broken. */
  questions: Question[] | null
  /** Markdown. */
  ticket: string
  hints: HintsSeen
  /** Markdown; null before the lab is passed. */
  debrief: string | null
}

/** Only what somebody has asked for reaches their browser. */
export interface HintsSeen {
  seen: Hint[]
  count: number
  /** Times the usual price, where an assignment says so. */
  factor?: number
}

/** Null when there is no such lab. */
export async function labPage(person: Person, id: string): Promise<LabPage | null> {
  const meta = (await labList()).find((lab) => lab.id === id)
  const texts = await labTexts(id)
  if (!meta || !texts) return null
  const room = await classroom()
  const [seen, passed] = await Promise.all([room.hintsShown(person, id), hasPassed(person, id)])
  return {
    meta,
    questions: await labQuestions(id),
    ticket: texts.ticket,
    hints: { seen: texts.hints.slice(0, seen), count: texts.hints.length },
    debrief: passed ? texts.debrief : null,
  }
}

/** Null when there is no such lab, and until the person has passed it. */
export async function labDebrief(person: Person, id: string): Promise<string | null> {
  return (await hasPassed(person, id)) ? ((await labTexts(id))?.debrief ?? null) : null
}

const hasPassed = async (person: Person, id: string): Promise<boolean> =>
  (await (await classroom()).progress(person)).labsPassed.includes(id)
