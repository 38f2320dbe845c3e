/** The document of a file to take along: a title, the contents, the chapters one after another, the words they explain. No script, nothing to load. */
import { chapterText, frameText, homeText, offlineText as text } from '#/app/_text/en.ts'
import { contentLang, direction, language } from '#/app/_text/language.ts'
import { glossary } from '#/content/glossary.ts'
import type { ChapterMeta, TocEntry } from '#/content/schema.ts'
import type { LabMeta } from '#/labs/schema.ts'
import type { ChapterBody } from '../chapter/evaluate.ts'
import { anchorOf, termAnchor } from './anchors.ts'
import { offlineParts } from './parts.tsx'

export interface BookChapter {
  meta: ChapterMeta
  toc: TocEntry[]
  Body: ChapterBody
  /** Ids of the terms that it explains. */
  terms: readonly string[]
}

export interface BookProps {
  title: string
  chapters: readonly BookChapter[]
  /** Chapters that are not open for whoever asks. */
  closed: number
  labs: readonly LabMeta[]
  /** The address of this Ringside. */
  home: string
  /** As in 2026-11-27. */
  day: string
  style: string
}

/** Said by the file itself, so that it holds on a disk as well: styles and pictures of its own, nothing else. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"

export function Book({ title, chapters, closed, labs, home, day, style }: BookProps) {
  const held = new Set(chapters.map(({ meta }) => meta.slug))
  const terms = new Set(chapters.flatMap((chapter) => chapter.terms))
  return (
    <html lang={language} dir={direction === 'rtl' ? direction : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>{`${title} · ${frameText.product}`}</title>
        <style>{style}</style>
      </head>
      <body>
        <main className="book">
          <Front title={title} chapters={chapters} closed={closed} day={day} />
          {chapters.map((chapter) => (
            <Chapter key={chapter.meta.slug} {...chapter} held={held} labs={labs} home={home} />
          ))}
          <Words terms={terms} />
        </main>
      </body>
    </html>
  )
}

function Front({ title, chapters, closed, day }: Pick<BookProps, 'title' | 'chapters' | 'closed' | 'day'>) {
  const [first, ...others] = chapters
  const isCourse = others.length > 0
  return (
    <header className="book-front">
      {isCourse ? <h1 className="chapter-title">{title}</h1> : <p className="caps muted">{text.whole}</p>}
      <p className="muted">{text.made(day)}</p>
      {closed > 0 && <p className="muted">{text.closed(closed)}</p>}
      <nav aria-label={text.contents}>
        <p className="caps muted">{text.contents}</p>
        <ol>
          {isCourse
            ? chapters.map(({ meta }) => (
                <Entry
                  key={meta.slug}
                  to={anchorOf(meta.slug)}
                  text={text.chapterTitle(meta.number, meta.title)}
                />
              ))
            : first?.toc
                .filter(({ depth }) => depth === 2)
                .map(({ id, text: heading }) => (
                  <Entry key={id} to={anchorOf(first.meta.slug, id)} text={heading} />
                ))}
        </ol>
      </nav>
    </header>
  )
}

const Entry = ({ to, text: shown }: { to: string; text: string }) => (
  <li>
    <a href={`#${to}`} className="link">
      {shown}
    </a>
  </li>
)

type ChapterProps = BookChapter & { held: ReadonlySet<string>; labs: readonly LabMeta[]; home: string }

function Chapter({ meta, Body, held, labs, home }: ChapterProps) {
  const { slug } = meta
  return (
    <section id={anchorOf(slug)} aria-labelledby={anchorOf(slug, 'title')} className="book-chapter">
      <p className="caps muted">
        {homeText.chapter(meta.number)} · {chapterText.meta(meta.minutes)}
      </p>
      <h1 id={anchorOf(slug, 'title')} lang={contentLang} className="chapter-title">
        {meta.title}
      </h1>
      <p lang={contentLang} className="chapter-summary">
        {meta.summary}
      </p>
      <section aria-labelledby={anchorOf(slug, 'objectives')} className="objectives">
        <h2 id={anchorOf(slug, 'objectives')} className="caps muted">
          {chapterText.objectives}
        </h2>
        <ul lang={contentLang}>
          {meta.objectives.map((objective) => (
            <li key={objective}>{objective}</li>
          ))}
        </ul>
      </section>
      <article lang={contentLang} className="prose">
        <Body components={offlineParts({ chapter: slug, held, home, labs })} />
      </article>
      <section aria-labelledby={anchorOf(slug, 'sources')} className="sources">
        <h2 id={anchorOf(slug, 'sources')} className="caps muted">
          {chapterText.sources}
        </h2>
        <ul lang={contentLang}>
          {meta.sources.map(({ title, url, note }) => (
            <li key={title}>
              {url ? (
                <a href={url} className="link" rel="noreferrer">
                  {title}
                </a>
              ) : (
                title
              )}
              {note && <span className="muted"> {note}</span>}
            </li>
          ))}
        </ul>
      </section>
    </section>
  )
}

function Words({ terms }: { terms: ReadonlySet<string> }) {
  const meant = glossary
    .filter(({ id }) => terms.has(id))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { sensitivity: 'base' }))
  if (meant.length === 0) return null
  return (
    <section aria-labelledby="words" className="book-words">
      <h2 id="words">{text.words}</h2>
      <dl lang={contentLang}>
        {meant.map(({ id, name, means }) => (
          <div key={id} id={termAnchor(id)}>
            <dt>{name}</dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
