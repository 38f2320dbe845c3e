/** The headings of the page, with the one being read. */
'use client'
import { useEffect, useState } from 'react'
import { chapterText } from '#/app/_text/en.ts'
import { contentLang } from '#/app/_text/language.ts'
import type { TocEntry } from '#/content/schema.ts'

export function Toc({ entries }: { entries: TocEntry[] }) {
  const reading = useReading(entries)
  return (
    <nav aria-label={chapterText.contents} className="toc">
      <p className="caps text-muted">{chapterText.contents}</p>
      <ol lang={contentLang}>
        {entries.map(({ id, text, depth }) => (
          <li key={id} className={depth > 2 ? 'pl-4' : ''}>
            <a href={`#${id}`} aria-current={id === reading ? 'location' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** The last heading above the upper third of the window. */
function useReading(entries: TocEntry[]): string | null {
  const [reading, setReading] = useState<string | null>(null)
  useEffect(() => {
    const look = () => {
      const line = window.innerHeight / 3
      const above = entries.filter(
        ({ id }) => (document.getElementById(id)?.getBoundingClientRect().top ?? line) < line,
      )
      setReading(above.at(-1)?.id ?? null)
    }
    look()
    window.addEventListener('scroll', look, { passive: true })
    return () => window.removeEventListener('scroll', look)
  }, [entries])
  return reading
}
