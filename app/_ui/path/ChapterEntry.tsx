/** A chapter and its labs, as they stand on the line: below a stage's name, or behind the line, where there is none. */

import type { CourseChapter, CourseLab } from '#/app/_server/course.ts'
import { homeText } from '#/app/_text/en.ts'
import { contentLang } from '#/app/_text/language.ts'
import { Link } from '../control/Link.tsx'
import { ShapePass } from '../control/Shape.tsx'
import { ClosedMark } from '../progress/ClosedMark.tsx'
import { labMarks } from './lab-marks.ts'

interface Props {
  chapter: CourseChapter
  isNext: boolean
  level?: 3 | 4
}

export function ChapterEntry({ chapter, isNext, level = 4 }: Props) {
  const Title = `h${level}` as const
  const { meta, read, labs, openness } = chapter
  return (
    <article className={`mt-5 border-l-2 pl-5 ${isNext ? 'border-amber' : 'border-rule'}`}>
      <p className="caps flex flex-wrap items-center gap-x-3 text-muted">
        {isNext && <span className="text-amber-text">{homeText.nextUp}</span>}
        <span>{homeText.chapter(meta.number)}</span>
        <span>{homeText.reading(meta.minutes)}</span>
        {!openness.open && <ClosedMark closed={openness} />}
        {read && (
          <span className="inline-flex items-center gap-1.5 text-green">
            <ShapePass />
            {homeText.read}
          </span>
        )}
      </p>
      <Title className="mt-1.5 font-serif text-[1.5rem] font-medium leading-[1.2] tracking-[-0.012em] sm:text-[1.75rem]">
        <Link
          href={`/chapters/${meta.slug}`}
          lang={contentLang}
          className="decoration-amber decoration-2 underline-offset-4 hover:underline"
        >
          {meta.title}
        </Link>
      </Title>
      <p
        lang={contentLang}
        className="mt-2 max-w-[60ch] font-serif text-[1.0625rem] leading-[1.55] text-muted"
      >
        {meta.summary}
      </p>
      {labs.length > 0 && (
        <ul className="mt-4 space-y-1">
          {labs.map((lab) => (
            <LabEntry key={lab.meta.id} lab={lab} />
          ))}
        </ul>
      )}
    </article>
  )
}

function LabEntry({ lab }: { lab: CourseLab }) {
  const { Shape, tone } = labMarks[lab.progress]
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 text-sm">
      <Shape className={`translate-y-px ${tone}`} />
      <span className="caps text-muted">{homeText.lab}</span>
      <Link href={`/labs/${lab.meta.id}`} lang={contentLang} className="link font-medium">
        {lab.meta.title}
      </Link>
      <span className="figures text-muted">{homeText.minutes(lab.meta.minutes)}</span>
      <span className={tone}>{homeText.labState[lab.progress]}</span>
    </li>
  )
}
