/** One lab of the catalogue. */

import type { CourseLab } from '#/app/_server/course.ts'
import { chapterText, homeText, catalogueText as text } from '#/app/_text/en.ts'
import { contentLang } from '#/app/_text/language.ts'
import { stages } from '#/labs/stages.ts'
import { Link } from '../control/Link.tsx'
import { Objectives } from '../control/Objectives.tsx'
import { Glyph } from './Glyph.tsx'
import { labMarks } from './lab-marks.ts'

export function LabRow({ lab: { meta, progress } }: { lab: CourseLab }) {
  const { Shape, tone } = labMarks[progress]
  const stage = stages.find(({ id }) => id === meta.stage)
  return (
    <li className="grid gap-x-8 gap-y-3 border-b border-rule py-6 sm:grid-cols-[11rem_minmax(0,1fr)_9rem]">
      <p className="flex items-center gap-3 self-start text-sm text-muted">
        {stage && <Glyph stage={stage.id} className="size-8 shrink-0" />}
        {stage?.name ?? text.anywhere}
      </p>
      <div>
        <h2 className="font-serif text-[1.375rem] font-medium leading-[1.2] tracking-[-0.012em]">
          <Link
            href={`/labs/${meta.id}`}
            lang={contentLang}
            className="decoration-amber decoration-2 underline-offset-4 hover:underline"
          >
            {meta.title}
          </Link>
        </h2>
        <Objectives list={meta.objectives} className="mt-2 max-w-[44rem] text-[0.9375rem] text-muted" />
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 self-start text-sm sm:flex-col sm:items-end">
        <span className={`inline-flex items-center gap-2 ${tone}`}>
          <Shape />
          {homeText.labState[progress]}
        </span>
        <span className="figures text-muted">{homeText.minutes(meta.minutes)}</span>
        <span className="text-muted">{chapterText.lab.difficulty[meta.difficulty]}</span>
      </p>
    </li>
  )
}
