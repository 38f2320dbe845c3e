/**
 * The course as one line from the wire down to the app. Left of the line what is there and how to look at it, right of it what one reads and
 * does. Stages that a chapter covers are drawn in ink, the others in grey; the next chapter's queues are filled with amber.
 */
import type { Course } from '#/app/_server/course.ts'
import { homeText, pathText } from '#/app/_text/en.ts'
import { type StageId, stages } from '#/labs/stages.ts'
import { ChapterEntry } from './ChapterEntry.tsx'
import { Glyph } from './Glyph.tsx'
import { focusOf, homeOf, type Zone, zoneOf } from './zones.ts'

const zones: Zone[] = ['card', 'kernel', 'process']

export function Journey({ course }: { course: Course }) {
  const behind = course.chapters.filter(({ meta }) => homeOf(meta) === 'behind')
  return (
    <div>
      {zones.map((zone) => (
        <section key={zone} aria-labelledby={`zone-${zone}`}>
          <h2 id={`zone-${zone}`} className="journey-zone caps text-muted">
            <span>{pathText.zones[zone]}</span>
          </h2>
          <ol>
            {stages
              .filter((stage) => zoneOf(stage.id) === zone)
              .map((stage) => (
                <StageRow key={stage.id} id={stage.id} name={stage.name} course={course} />
              ))}
          </ol>
        </section>
      ))}
      {behind.length > 0 && (
        <section aria-labelledby="zone-behind">
          <h2 id="zone-behind" className="journey-zone behind caps text-muted">
            <span>{pathText.behind}</span>
          </h2>
          <div className="journey-row">
            <div className="journey-text">
              {behind.map((chapter) => (
                <ChapterEntry
                  key={chapter.meta.slug}
                  chapter={chapter}
                  isNext={chapter === course.next}
                  level={3}
                />
              ))}
            </div>
          </div>
        </section>
      )}
    </div>
  )
}

function StageRow({ id, name, course }: { id: StageId; name: string; course: Course }) {
  const text = pathText.stages[id]
  const covered = course.chapters.some((chapter) => focusOf(chapter.meta.stages).includes(id))
  const here = course.next && focusOf(course.next.meta.stages).includes(id)
  const chapters = course.chapters.filter(({ meta }) => homeOf(meta) === id)
  return (
    <li id={`stage-${id}`} className={`journey-row ${here ? 'here' : ''}`}>
      <div className={`journey-line ${covered ? 'text-ink' : 'text-track'}`}>
        <Glyph stage={id} className="size-14" />
        {id !== 'app' && <span className="journey-thread" />}
      </div>
      <div className="journey-stage">
        <h3 className={`text-[0.9375rem] font-semibold leading-6 ${covered ? '' : 'text-muted'}`}>{name}</h3>
        <dl className="journey-facts">
          {text.limit && <Fact label={homeText.limit} value={text.limit} />}
          <Fact label={homeText.counter} value={text.look} />
        </dl>
      </div>
      <div className="journey-text">
        <p className={`font-serif text-[1.0625rem] leading-[1.55] ${covered ? '' : 'text-muted'}`}>
          {text.note}
        </p>
        {chapters.map((chapter) => (
          <ChapterEntry key={chapter.meta.slug} chapter={chapter} isNext={chapter === course.next} />
        ))}
      </div>
    </li>
  )
}

const Fact = ({ label, value }: { label: string; value: string }) => (
  <div>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
)
