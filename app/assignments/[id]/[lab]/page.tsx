/** The workbench of one lab of an assignment. Whoever may not begin or go on now is led to the assignment, which says why. */
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { assignmentNow } from '#/app/_server/assignment.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { labPage } from '#/app/_server/lab-page.ts'
import { labList } from '#/app/_server/labs.ts'
import { stageGuides } from '#/app/_server/map.ts'
import { workText as text } from '#/app/_text/en/people/work.ts'
import { labText } from '#/app/_text/en.ts'
import { Link } from '#/app/_ui/control/Link.tsx'
import { Header } from '#/app/_ui/frame/Header.tsx'
import { counterChoices } from '#/app/_ui/workbench/counter-choices.ts'
import { panesCookie, parsePanes } from '#/app/_ui/workbench/panes.ts'
import { Workbench } from '#/app/_ui/workbench/Workbench.tsx'
import { stages } from '#/labs/stages.ts'

interface Props {
  params: Promise<{ id: string; lab: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lab } = await params
  const meta = (await labList()).find(({ id }) => id === lab)
  return meta ? { title: labText.title(meta.title) } : {}
}

export default async function AssignedLab({ params }: Props) {
  const { id, lab } = await params
  const { person, assignment, cohort } = await assignmentNow(id)
  const page = await labPage(person, lab)
  if (!page || cohort.role !== 'learner') notFound()
  const room = await classroom()
  const back = `/assignments/${id}`
  const mine = await room.myAssignment(person, id)
  const place = mine.labs.find((one) => one.lab === lab)
  if (!place) notFound()
  if (!place.open && (place.closed || place.submissions.some(({ state }) => state === 'due'))) redirect(back)
  const [attempt, verdicts, guides, jar] = await Promise.all([
    room.currentTry(person, id, lab),
    room.verdicts(person, lab),
    stageGuides(),
    cookies(),
  ])
  const { terms } = assignment
  const { seen, count } = page.hints
  return (
    <div className="bench-page">
      <Header
        wide
        where={
          <Link
            href={back}
            className="hover:text-ink hover:underline"
            title={text.bench.back(assignment.title)}
          >
            {assignment.title}
          </Link>
        }
      />
      <Workbench
        meta={page.meta}
        ticket={page.ticket}
        hints={{ seen, count: terms.hints ? count : seen.length, factor: terms.hintCost }}
        debrief={page.debrief}
        stages={stages}
        counters={counterChoices}
        guide={guides}
        questions={page.questions}
        graded
        attempt={attempt}
        verdicts={verdicts.filter((one) => one.attempt === attempt?.id)}
        panes={parsePanes(jar.get(panesCookie)?.value)}
        assigned={{
          ...{ id, title: assignment.title, href: `${back}/${lab}`, back },
          ...{ liveMap: terms.liveMap, rewind: terms.rewind },
          note: text.bench.note(place.used + 1, place.most, mine.dates.minutes),
        }}
      />
    </div>
  )
}
