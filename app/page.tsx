/** Home: the course as one line, and where to go on. */

import { dueNow } from './_server/assignment.ts'
import { courseNow } from './_server/course.ts'
import { homeText, mapText } from './_text/en.ts'
import { DueList } from './_ui/assignment/DueList.tsx'
import { buttonClass } from './_ui/control/Button.tsx'
import { Link } from './_ui/control/Link.tsx'
import { Header } from './_ui/frame/Header.tsx'
import { PathMap } from './_ui/map/PathMap.tsx'
import { progressAlong } from './_ui/map/progress.ts'
import { Journey } from './_ui/path/Journey.tsx'
import { Legend } from './_ui/path/Legend.tsx'

export default async function Home() {
  const [course, due] = await Promise.all([courseNow(), dueNow()])
  const { count, next } = course
  return (
    <>
      <Header />
      <main id="content" className="mx-auto max-w-[80rem] px-4 pb-24 sm:px-8">
        <div className="grid gap-x-16 gap-y-10 pb-16 pt-10 sm:pt-16 lg:grid-cols-[minmax(0,44rem)_1fr] lg:pb-24">
          <div>
            <h1 className="font-serif text-[2.25rem] font-[480] leading-[1.08] tracking-[-0.022em] sm:text-[3.375rem]">
              {homeText.title}
            </h1>
            <p className="mt-6 font-serif text-[1.1875rem] leading-[1.55]">{homeText.lead}</p>
            <p className="mt-4 font-serif text-[1.1875rem] leading-[1.55] text-muted">{homeText.offer}</p>
            <div className="mt-8 flex flex-wrap items-center gap-x-5 gap-y-3">
              {next && (
                <Link
                  href={`/chapters/${next.meta.slug}`}
                  className={buttonClass('primary', 'h-11 px-5 text-[0.9375rem]')}
                >
                  {next.read ? homeText.continue : homeText.begin}: {next.meta.title}
                </Link>
              )}
              <Link href="/labs" className="link text-sm">
                {homeText.allLabs}
              </Link>
              <span className="figures text-sm text-muted">
                {homeText.progress(count.read, count.chapters, count.passed, count.labs)}
              </span>
            </div>
          </div>
          <Legend />
        </div>
        <DueList works={due} className="pb-16" />
        <section aria-labelledby="path-map" className="pb-16 max-sm:hidden lg:pb-24">
          <div className="mb-3 flex flex-wrap items-baseline gap-x-5 gap-y-1">
            <h2 id="path-map" className="caps text-muted">
              {mapText.progress.title}
            </h2>
            <p className="text-xs text-muted">{mapText.progress.note}</p>
          </div>
          <PathMap stages={progressAlong(course.chapters, course.labs, next)} />
        </section>
        {course.chapters.length === 0 && <p className="pb-12 text-muted">{homeText.empty}</p>}
        <section aria-label={homeText.pathLabel}>
          <Journey course={course} />
        </section>
      </main>
    </>
  )
}
