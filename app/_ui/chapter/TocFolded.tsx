/** The headings of the page where there is no room beside the text: folded, below what one will be able to do. */
import { chapterText } from '#/app/_text/en.ts'
import { contentLang } from '#/app/_text/language.ts'
import type { TocEntry } from '#/content/schema.ts'

export const TocFolded = ({ entries }: { entries: TocEntry[] }) => (
  <details className="toc toc-folded xl:hidden print:hidden">
    <summary className="caps text-muted">{chapterText.contents}</summary>
    <ol lang={contentLang}>
      {entries.map(({ id, text, depth }) => (
        <li key={id} className={depth > 2 ? 'pl-4' : ''}>
          <a href={`#${id}`}>{text}</a>
        </li>
      ))}
    </ol>
  </details>
)
