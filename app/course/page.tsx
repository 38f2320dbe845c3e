/** The course as a list: where one left off, what is asked again, and every chapter with its labs. */
import type { Metadata } from 'next'
import { wholeCourse } from '#/content/catalog.ts'
import { courseNow } from '../_server/course.ts'
import { requirePerson } from '../_server/person.ts'
import { recallOf, recallsNow } from '../_server/recall.ts'
import {
  certificateText,
  glossaryText,
  mapText,
  offlineText,
  pocketText,
  progressText as text,
} from '../_text/en.ts'
import { Link } from '../_ui/control/Link.tsx'
import { Header } from '../_ui/frame/Header.tsx'
import { PageTitle } from '../_ui/frame/PageTitle.tsx'
import { PathMap } from '../_ui/map/PathMap.tsx'
import { progressAlong } from '../_ui/map/progress.ts'
import { TakeAlong } from '../_ui/offline/TakeAlong.tsx'
import { ChapterRow } from '../_ui/progress/ChapterRow.tsx'
import { DueList } from '../_ui/progress/DueList.tsx'
import { Resume } from '../_ui/progress/Resume.tsx'

export const metadata: Metadata = { title: text.title }

const beside = [
  { href: '/pocket', title: pocketText.title, what: text.pocket },
  { href: '/glossary', title: glossaryText.title, what: text.glossary },
  { href: '/certificate', title: certificateText.title, what: text.certificate },
]

export default async function CoursePage() {
  await requirePerson()
  const [course, chapters] = await Promise.all([courseNow(), wholeCourse(), recallsNow()])
  const recall = await recallOf(chapters)
  const { count } = course
  return (
    <>
      <Header where={text.title} />
      <main id="content" className="mx-auto max-w-[80rem] px-4 pb-24 sm:px-8">
        <PageTitle>{text.title}</PageTitle>
        <p className="mt-5 max-w-[44rem] font-serif text-[1.1875rem] leading-[1.55]">{text.lead}</p>
        <p className="figures mt-4 text-sm text-muted">
          {text.count(count.read, count.chapters, count.passed, count.labs)}
        </p>
        {beside.map(({ href, title, what }) => (
          <p key={href} className="mt-2 text-sm text-muted print:hidden">
            <Link href={href} className="link">
              {title}
            </Link>
            {': '}
            {what}
          </p>
        ))}
        <TakeAlong href="/course/offline" what={offlineText.course} className="mt-2" />
        <section aria-labelledby="path-map" className="mt-10">
          <div className="mb-3 flex flex-wrap items-baseline gap-x-5 gap-y-1">
            <h2 id="path-map" className="caps text-muted">
              {mapText.progress.title}
            </h2>
            <p className="text-xs text-muted">{mapText.progress.note}</p>
          </div>
          <PathMap stages={progressAlong(course.chapters, course.labs, course.next)} on="/" />
        </section>
        {chapters.length === 0 && <p className="mt-10 text-muted">{text.empty}</p>}
        <div className="mt-10 grid gap-x-16 gap-y-10 lg:grid-cols-2">
          <Resume course={course} chapters={chapters} />
          <DueList recall={recall} />
        </div>
        <ol className="mt-12 border-t border-rule">
          {course.chapters.map((chapter) => (
            <ChapterRow
              key={chapter.meta.slug}
              chapter={chapter}
              recall={recall.find((one) => one.chapter.meta.slug === chapter.meta.slug)}
            />
          ))}
        </ol>
      </main>
    </>
  )
}
