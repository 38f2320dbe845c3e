/** The recall questions that are due today, each leading to its place in its chapter. */

import type { ChapterRecall } from '#/app/_server/recall.ts'
import { homeText, progressText } from '#/app/_text/en.ts'
import { questionAnchor } from '#/content/recall.ts'
import { chapterPath } from '#/content/schema.ts'
import { Link } from '../control/Link.tsx'
import { comesAgain } from './when.ts'

export function DueList({ recall }: { recall: ChapterRecall[] }) {
  const text = progressText.recall
  const due = recall.flatMap(({ chapter, questions }) =>
    questions.filter((question) => question.due).map((question) => ({ chapter, question })),
  )
  return (
    <section aria-labelledby="due">
      <h2 id="due" className="caps text-muted">
        {text.title}
        {due.length > 0 && <span className="ml-3 text-amber-text">{text.due(due.length)}</span>}
      </h2>
      {due.length === 0 && <p className="mt-3 max-w-[60ch] text-muted">{nothingDue(recall)}</p>}
      <ul className="mt-3 space-y-3">
        {due.map(({ chapter: { meta }, question }) => (
          <li key={question.id}>
            <Link href={chapterPath(meta.slug, `#${questionAnchor(question.id)}`)} className="link">
              {question.ask}
            </Link>
            <span className="block text-sm text-muted">{homeText.chapter(meta.number)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function nothingDue(recall: ChapterRecall[]): string {
  const text = progressText.recall
  const schedules = recall.flatMap(({ questions }) => questions.flatMap(({ schedule }) => schedule ?? []))
  if (schedules.length === 0) return text.none
  const next = schedules.flatMap(({ dueAt }) => dueAt ?? []).toSorted()[0]
  return text.nothingDue(next ? text.nextComes(comesAgain(next, new Date())) : null)
}
