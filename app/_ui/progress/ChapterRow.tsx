/** One chapter of the list: what it is about, how far one is with its text, its labs and its questions. */

import type { CourseChapter } from '#/app/_server/course.ts'
import type { ChapterRecall } from '#/app/_server/recall.ts'
import { homeText, progressText as text } from '#/app/_text/en.ts'
import { contentLang } from '#/app/_text/language.ts'
import { chapterPath } from '#/content/schema.ts'
import { Link } from '../control/Link.tsx'
import { ShapeOpen, ShapePart, ShapePass } from '../control/Shape.tsx'
import { labMarks } from '../path/lab-marks.ts'
import { ClosedMark } from './ClosedMark.tsx'

interface Props {
  chapter: CourseChapter
  recall: ChapterRecall | undefined
}

export function ChapterRow({ chapter, recall }: Props) {
  const { meta, labs, openness } = chapter
  const answered = recall?.questions.filter(({ schedule }) => schedule).length ?? 0
  const questions = recall?.questions.length ?? 0
  return (
    <li className="grid gap-x-8 gap-y-3 border-b border-rule py-6 sm:grid-cols-[7rem_minmax(0,1fr)_13rem]">
      <div className="self-start text-sm text-muted">
        <p className="figures">{homeText.chapter(meta.number)}</p>
        {!openness.open && <ClosedMark closed={openness} />}
      </div>
      <div>
        <h2 className="font-serif text-[1.375rem] font-medium leading-[1.2] tracking-[-0.012em]">
          <Link
            href={chapterPath(meta.slug)}
            lang={contentLang}
            className="decoration-amber decoration-2 underline-offset-4 hover:underline"
          >
            {meta.title}
          </Link>
        </h2>
        <p lang={contentLang} className="mt-2 max-w-[44rem] text-[0.9375rem] text-muted">
          {meta.summary}
        </p>
        {labs.length > 0 && (
          <ul aria-label={text.chapter.labs} className="mt-3 space-y-1 text-sm">
            {labs.map(({ meta: lab, progress }) => {
              const { Shape, tone } = labMarks[progress]
              return (
                <li key={lab.id} className="flex flex-wrap items-baseline gap-x-3">
                  <Shape className={`translate-y-px ${tone}`} />
                  <Link href={`/labs/${lab.id}`} lang={contentLang} className="link">
                    {lab.title}
                  </Link>
                  <span className={tone}>{homeText.labState[progress]}</span>
                </li>
              )
            })}
          </ul>
        )}
      </div>
      <ul className="space-y-1 self-start text-sm sm:text-right">
        <ReadState chapter={chapter} recall={recall} />
        <li className="figures text-muted">{homeText.reading(meta.minutes)}</li>
        {questions > 0 && <li className="figures text-muted">{text.recall.answered(answered, questions)}</li>}
      </ul>
    </li>
  )
}

function ReadState({ chapter: { read, place }, recall }: Props) {
  const heading = recall?.chapter.toc.find(({ id }) => id === place?.anchor)
  const [Shape, tone, word] = read
    ? ([ShapePass, 'text-green', homeText.read] as const)
    : heading
      ? ([ShapePart, 'text-amber-text', text.chapter.stopped(heading.text)] as const)
      : ([ShapeOpen, 'text-muted', text.chapter.unread] as const)
  return (
    <li className={`flex items-baseline gap-2 sm:justify-end ${tone}`}>
      <Shape className="translate-y-px" />
      {word}
    </li>
  )
}
