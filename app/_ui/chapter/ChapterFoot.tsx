/** Below the text: sources, *mark as read*, the neighbours. */

import type { Course } from '#/app/_server/course.ts'
import { chapterText, offlineText } from '#/app/_text/en.ts'
import { type ChapterMeta, chapterPath, type Source } from '#/content/schema.ts'
import { Link } from '../control/Link.tsx'
import { TakeAlong } from '../offline/TakeAlong.tsx'
import { MarkRead } from './MarkRead.tsx'

export function ChapterFoot({ course, meta }: { course: Course; meta: ChapterMeta }) {
  const at = course.chapters.findIndex((chapter) => chapter.meta.slug === meta.slug)
  const previous = course.chapters[at - 1]
  const next = course.chapters[at + 1]
  return (
    <footer className="mt-16">
      <section aria-labelledby="sources" className="sources">
        <h2 id="sources" className="caps text-muted">
          {chapterText.sources}
        </h2>
        <ul>
          {meta.sources.map((source) => (
            <SourceItem key={source.title} source={source} />
          ))}
        </ul>
      </section>
      <div className="mt-10 border-t border-rule pt-6 print:hidden">
        <MarkRead slug={meta.slug} isRead={course.chapters[at]?.read ?? false} minutes={meta.minutes} />
        <nav aria-label={chapterText.neighbours} className="mt-8 grid gap-6 text-sm sm:grid-cols-2">
          {previous ? (
            <Neighbour
              rel="prev"
              label={chapterText.previous}
              href={`/chapters/${previous.meta.slug}`}
              title={previous.meta.title}
            />
          ) : (
            <Neighbour label={chapterText.course} href="/" title={chapterText.backToPath} />
          )}
          {next && (
            <Neighbour
              rel="next"
              label={chapterText.next}
              href={`/chapters/${next.meta.slug}`}
              title={next.meta.title}
              end
            />
          )}
        </nav>
        <TakeAlong href={`${chapterPath(meta.slug)}/offline`} what={offlineText.chapter} className="mt-10" />
      </div>
    </footer>
  )
}

function SourceItem({ source: { title, url, note } }: { source: Source }) {
  return (
    <li>
      {url ? (
        <a href={url} className="link" rel="noreferrer">
          {title}
        </a>
      ) : (
        title
      )}
      {note && <span className="text-muted"> {note}</span>}
    </li>
  )
}

const Neighbour = ({
  label,
  href,
  title,
  rel,
  end = false,
}: {
  label: string
  href: string
  title: string
  rel?: 'prev' | 'next'
  end?: boolean
}) => (
  <Link href={href} rel={rel} className={`group block ${end ? 'sm:text-right' : ''}`}>
    <span className="caps text-muted">{label}</span>
    <span className="mt-1 block font-serif text-lg group-hover:underline">{title}</span>
  </Link>
)
