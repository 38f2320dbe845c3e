/** At the top of a chapter: where one stopped, and which of its questions are due again. Nothing when there is nothing to say. */

import type { AskedQuestion } from '#/app/_server/recall.ts'
import { progressText as text } from '#/app/_text/en.ts'
import type { PlaceView } from '#/classroom/types.ts'
import { questionAnchor } from '#/content/recall.ts'
import type { TocEntry } from '#/content/schema.ts'

interface Props {
  place: PlaceView | null
  toc: TocEntry[]
  questions: AskedQuestion[]
}

export function ResumeLine({ place, toc, questions }: Props) {
  const at = toc.findIndex(({ id }) => id === place?.anchor)
  // Whoever stopped at the first heading has nothing to skip.
  const heading = at > 0 ? toc[at] : undefined
  const due = questions.filter((question) => question.due)
  const first = due[0]
  if (!heading && !first) return null
  return (
    <ul className="resume-line print:hidden">
      {heading && (
        <li>
          {text.chapter.goOn}{' '}
          <a href={`#${heading.id}`} className="link">
            {heading.text}
          </a>
        </li>
      )}
      {first && (
        <li>
          <a href={`#${questionAnchor(first.id)}`} className="link">
            {text.recall.dueHere(due.length)}
          </a>
        </li>
      )}
    </ul>
  )
}
