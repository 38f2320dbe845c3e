/** Where one left off: a machine that runs, the heading one stopped at, else what comes next on the path. */

import type { Course } from '#/app/_server/course.ts'
import { homeText, progressText } from '#/app/_text/en.ts'
import { contentLang } from '#/app/_text/language.ts'
import { type Chapter, chapterPath } from '#/content/schema.ts'
import { momentIn } from '../cohort/dates.ts'
import { buttonClass } from '../control/Button.tsx'
import { Link } from '../control/Link.tsx'
import { ShapeLive } from '../control/Shape.tsx'

interface Props {
  course: Course
  chapters: Chapter[]
}

interface Way {
  heading: string
  word: string
  href: string
  title: string
  note: string
}

export function Resume(props: Props) {
  const text = progressText.resume
  const running = props.course.labs.filter(({ progress }) => progress === 'running')
  const way = stoppedAt(props) ?? comesNext(props)
  return (
    <section aria-labelledby="resume">
      <h2 id="resume" className="caps text-muted">
        {way?.heading ?? text.title}
      </h2>
      {running.map(({ meta }) => (
        <p key={meta.id} className="mt-3 flex items-baseline gap-2">
          <ShapeLive className="text-amber-text" />
          <Link href={`/labs/${meta.id}`} className="link">
            {text.machine(meta.title)}
          </Link>
        </p>
      ))}
      {way ? <WayOn {...way} /> : <p className="mt-3">{restOf(props.course)}</p>}
    </section>
  )
}

/** Nothing is to be done now: since all of it is, or since no more is open. */
function restOf({ count, opensAt }: Course): string {
  const text = progressText.resume
  if (count.read === count.chapters && count.passed === count.labs) return text.done
  return text.waits(count.read > 0, opensAt && momentIn(opensAt.timeZone, opensAt.at.toISOString()))
}

const WayOn = ({ word, href, title, note }: Way) => (
  <div className="mt-3">
    <p
      lang={contentLang}
      className="font-serif text-[1.375rem] font-medium leading-[1.25] tracking-[-0.012em]"
    >
      {title}
    </p>
    <p className="mt-1 text-muted">{note}</p>
    <Link href={href} className={buttonClass('primary', 'mt-4')} aria-label={`${word}: ${title}`}>
      {word}
    </Link>
  </div>
)

/** The chapter that was last on a screen, unless it has been read since. */
function stoppedAt({ course: { lastPlace, chapters: list }, chapters }: Props): Way | null {
  const text = progressText.resume
  const last = chapters.find(({ meta }) => meta.slug === lastPlace?.chapter)
  if (!last || list.some(({ meta, read }) => read && meta.slug === last.meta.slug)) return null
  const heading = last.toc.find(({ id }) => id === lastPlace?.anchor)
  return {
    heading: text.title,
    word: text.goOn,
    href: chapterPath(last.meta.slug, heading ? `#${heading.id}` : ''),
    title: last.meta.title,
    note: heading ? text.at(heading.text) : homeText.chapter(last.meta.number),
  }
}

/** The next chapter to read or, once it is read, the first of its labs that is not passed. */
function comesNext({ course: { next, chapters: list } }: Props): Way | null {
  const text = progressText.resume
  if (!next) return null
  const begun = list.some(({ read }) => read)
  const heading = begun ? text.titleNext : text.titleBegin
  const lab = next.read
    ? next.labs.find(({ passed, progress }) => !passed && progress !== 'closed')?.meta
    : undefined
  if (lab) return { heading, word: text.open, href: `/labs/${lab.id}`, title: lab.title, note: homeText.lab }
  return {
    heading,
    word: begun ? text.open : homeText.begin,
    href: chapterPath(next.meta.slug),
    title: next.meta.title,
    note: homeText.chapter(next.meta.number),
  }
}
