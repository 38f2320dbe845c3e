/** The workbench of one lab. */
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { notFound } from 'next/navigation'
import { classroom } from '#/app/_server/classroom.ts'
import { courseNow, opennessNow } from '#/app/_server/course.ts'
import { labPage } from '#/app/_server/lab-page.ts'
import { labList } from '#/app/_server/labs.ts'
import { stageGuides } from '#/app/_server/map.ts'
import { requirePerson } from '#/app/_server/person.ts'
import { labText } from '#/app/_text/en.ts'
import { Link } from '#/app/_ui/control/Link.tsx'
import { Header } from '#/app/_ui/frame/Header.tsx'
import { Closed } from '#/app/_ui/progress/Closed.tsx'
import { counterChoices } from '#/app/_ui/workbench/counter-choices.ts'
import { panesCookie, parsePanes } from '#/app/_ui/workbench/panes.ts'
import { Workbench } from '#/app/_ui/workbench/Workbench.tsx'
import { stages } from '#/labs/stages.ts'

interface Props {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params
  const meta = (await labList()).find((lab) => lab.id === id)
  return meta ? { title: labText.title(meta.title) } : {}
}

export default async function LabPage({ params }: Props) {
  const person = await requirePerson()
  const { id } = await params
  const page = await labPage(person, id)
  if (!page) notFound()
  const room = await classroom()
  const [attempt, verdicts, course, guides, jar] = await Promise.all([
    room.currentAttempt(person, id),
    room.verdicts(person, id),
    courseNow(),
    stageGuides(),
    cookies(),
  ])
  const openness = (await opennessNow())(`lab:${id}`)
  // Who has begun goes on; what they have handed in stays theirs to look at.
  if (!openness.open && attempt === null && verdicts.length === 0) {
    return <Closed title={page.meta.title} closed={openness} kind="lab" />
  }
  const chapter = course.chapters.find(({ meta }) => meta.slug === page.meta.chapter)
  return (
    <div className="bench-page">
      <Header wide where={chapter && <BackTo slug={chapter.meta.slug} title={chapter.meta.title} />} />
      <Workbench
        meta={page.meta}
        ticket={page.ticket}
        hints={page.hints}
        debrief={page.debrief}
        stages={stages}
        counters={counterChoices}
        guide={guides}
        questions={page.questions}
        graded
        attempt={attempt}
        verdicts={verdicts}
        panes={parsePanes(jar.get(panesCookie)?.value)}
      />
    </div>
  )
}

const BackTo = ({ slug, title }: { slug: string; title: string }) => (
  <Link href={`/chapters/${slug}`} className="hover:text-ink hover:underline" title={labText.back(title)}>
    {title}
  </Link>
)
