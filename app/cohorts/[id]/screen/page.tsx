/** What an instructor shows to everybody in a cohort; for who may show something, also the way to begin and to end it. */
import type { Metadata } from 'next'
import { classroom } from '#/app/_server/classroom.ts'
import { cohortNow, orNotFound } from '#/app/_server/cohort.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { labTitles } from '#/app/_server/titles.ts'
import { screenText as text } from '#/app/_text/en/people/screen.ts'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { Deed } from '#/app/_ui/cohort/Deed.tsx'
import { Said } from '#/app/_ui/cohort/Said.tsx'
import { Link } from '#/app/_ui/control/Link.tsx'
import { ScreenRoom, ScreenWatch } from '#/app/_ui/looking/ScreenRoom.tsx'
import { playgroundId } from '#/labs/playground/id.ts'

export const metadata: Metadata = { title: text.title }

interface Props {
  params: Promise<{ id: string }>
  searchParams: Query
}

export default async function Screen({ params, searchParams }: Props) {
  const { person, cohort } = await cohortNow((await params).id)
  const room = await classroom()
  const { shown, may } = await orNotFound(room.screen(person, cohort.id))
  const [own, title, note] = await Promise.all([
    may ? room.openAttempts(person) : [],
    labTitles(),
    noteNow(searchParams),
  ])
  const pageOf = (lab: string) => (lab === playgroundId ? '/playground' : `/labs/${lab}`)
  return (
    <CohortFrame cohort={cohort} here="screen">
      <Said note={note} words={text.said} />
      <ScreenWatch cohort={cohort.id} attempt={shown?.attempt ?? null} />
      <div className="mt-8">
        {shown && !shown.mine && (
          <ScreenRoom
            key={shown.attempt}
            cohort={cohort.id}
            attempt={shown.attempt}
            by={shown.by}
            lab={title(shown.lab)}
          />
        )}
        {shown?.mine && (
          <p>
            {text.mine}{' '}
            <Link href={pageOf(shown.lab)} className="link">
              {text.openSelf}
            </Link>
          </p>
        )}
        {!shown && (
          <p role="status" className="text-muted">
            {text.none}
          </p>
        )}
      </div>
      {may && shown && (
        <Deed cohort={cohort.id} deed="end-screen" word={text.end} look="danger" className="mt-6" />
      )}
      {may && (
        <section className="mt-12 max-w-[44rem]">
          <h2 className="font-serif text-xl">{text.showTitle}</h2>
          <p className="mt-2 text-sm text-muted">{text.showLead}</p>
          {own.length === 0 && <p className="mt-4 text-sm text-muted">{text.noMachine}</p>}
          <ul className="mt-4 border-t border-rule empty:border-0">
            {own
              .filter(({ id }) => id !== shown?.attempt)
              .map(({ id, lab }) => (
                <li
                  key={id}
                  className="flex flex-wrap items-center justify-between gap-4 border-b border-rule py-2"
                >
                  <Link href={pageOf(lab)} className="link">
                    {title(lab)}
                  </Link>
                  <Deed
                    cohort={cohort.id}
                    deed="show-screen"
                    word={text.show}
                    label={text.showOf(title(lab))}
                    fields={{ attempt: id }}
                  />
                </li>
              ))}
          </ul>
        </section>
      )}
    </CohortFrame>
  )
}
