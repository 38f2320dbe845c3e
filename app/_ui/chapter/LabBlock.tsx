/** A lab where a chapter names it: what one will do, how long, how far one is, and the way in. */
import { courseNow, type LabProgress } from '#/app/_server/course.ts'
import { chapterText } from '#/app/_text/en.ts'
import { contentLang } from '#/app/_text/language.ts'
import { Objectives } from '../control/Objectives.tsx'
import { ShapeLive, ShapeNone, ShapeOpen, ShapePass } from '../control/Shape.tsx'
import { StartLink } from './StartLink.tsx'

export async function LabBlock({ id }: { id: string }) {
  const text = chapterText.lab
  const course = await courseNow()
  const lab = course.labs.find((candidate) => candidate.meta.id === id)
  if (!lab) return <p className="text-red">{text.unknown(id)}</p>
  const { meta, progress } = lab
  return (
    <section aria-labelledby={`lab-${id}`} className="lab-block">
      <p className="caps flex flex-wrap gap-x-3 text-muted">
        <span>{text.label}</span>
        <span>{text.minutes(meta.minutes)}</span>
        <span>{text.difficulty[meta.difficulty]}</span>
      </p>
      <h3 id={`lab-${id}`} lang={contentLang}>
        {meta.title}
      </h3>
      <p className="mt-3 text-sm text-muted">{text.learn}</p>
      <Objectives list={meta.objectives} className="mt-1 text-[0.9375rem]" />
      <div className="mt-5 flex flex-wrap items-center gap-x-5 gap-y-2 print:hidden">
        {progress !== 'closed' && (
          <StartLink lab={id} running={progress === 'running'}>
            {{ open: text.start, running: text.resume, passed: text.again }[progress]}
          </StartLink>
        )}
        <LabState progress={progress} />
      </div>
    </section>
  )
}

function LabState({ progress }: { progress: LabProgress }) {
  const text = chapterText.lab
  if (progress === 'closed') return <State Shape={ShapeNone} tone="text-muted" word={text.closed} />
  if (progress === 'open') return <State Shape={ShapeOpen} tone="text-muted" word={text.open} />
  if (progress === 'running') return <State Shape={ShapeLive} tone="text-amber-text" word={text.running} />
  return <State Shape={ShapePass} tone="text-green" word={text.passed} />
}

const State = ({ Shape, tone, word }: { Shape: typeof ShapeOpen; tone: string; word: string }) => (
  <span className={`inline-flex items-center gap-2 text-sm ${tone}`}>
    <Shape />
    {word}
  </span>
)
