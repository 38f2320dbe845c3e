/** One command of the pocket: the question, the line, what it prints, what the columns mean, where it is explained. */

import { pocketText as text } from '#/app/_text/en.ts'
import type { PocketCommand } from '#/content/pocket-schema.ts'
import { type ChapterMeta, chapterPath } from '#/content/schema.ts'
import { Link } from '../control/Link.tsx'
import { type Machine, RunLine } from '../line/RunLine.tsx'
import { CopyLine } from './CopyLine.tsx'

interface Props {
  command: PocketCommand
  /** Undefined: not written yet. */
  chapter: ChapterMeta | undefined
  /** Undefined: none is running. */
  machine: Machine | undefined
}

export function PocketEntry({ command: { id, asks, line, output, columns }, chapter, machine }: Props) {
  return (
    <article aria-labelledby={id} className="pocket-entry">
      <h3 id={id} tabIndex={-1}>
        {asks}
      </h3>
      <p className="pocket-line">
        <code>{line}</code>
      </p>
      <p className="pocket-buttons print:hidden">
        <CopyLine line={line} />
        {machine && <RunLine line={line} machine={machine} />}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="pocket-output" tabIndex={0} aria-label={`${text.output}: ${line}`}>
        <pre>{output}</pre>
      </section>
      <dl>
        {columns.map(({ name, means }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
      {chapter && (
        <p className="text-sm">
          <Link href={chapterPath(chapter.slug)} className="link">
            {text.chapter(chapter.number, chapter.title)}
          </Link>
        </p>
      )}
    </article>
  )
}
