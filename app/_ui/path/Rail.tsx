/** The path beside a chapter: the same line at a small scale, with the stages the chapter is about. */

import type { Course } from '#/app/_server/course.ts'
import { pathText } from '#/app/_text/en.ts'
import { type StageId, stages } from '#/labs/stages.ts'
import { Link } from '../control/Link.tsx'
import { Glyph } from './Glyph.tsx'
import { focusOf } from './zones.ts'

export function Rail({ course, here }: { course: Course; here: readonly StageId[] }) {
  return (
    <nav aria-label={pathText.label} className="rail">
      <ol>
        {stages.map(({ id, name }) => {
          const chapter = course.chapters.find(({ meta }) => focusOf(meta.stages).includes(id))
          const isHere = focusOf(here).includes(id)
          return (
            <li key={id} className={isHere ? 'here' : chapter ? 'covered' : ''}>
              <Glyph stage={id} className="size-7" />
              {chapter && !isHere ? (
                <Link href={`/chapters/${chapter.meta.slug}`} className="hover:underline">
                  {name}
                </Link>
              ) : (
                <span>
                  {name}
                  {isHere && <span className="sr-only"> ({pathText.here})</span>}
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

/** The rail laid flat, for narrow screens. */
export function Strip({ here }: { here: readonly StageId[] }) {
  const names = stages.filter(({ id }) => here.includes(id)).map(({ name }) => name)
  return (
    <div className="strip" role="img" aria-label={`${pathText.label}: ${names.join(', ')}`}>
      {stages.map(({ id }) => (
        <span key={id} className={here.includes(id) ? 'here' : ''} />
      ))}
    </div>
  )
}
