/** Chapters as one file to take along: which of them, for whom, under which name. What is not open for somebody is in no file of theirs. */
import 'server-only'
import { redirect } from 'next/navigation'
import { wholeCourse } from '#/content/catalog.ts'
import { type Chapter, chapterPath } from '#/content/schema.ts'
import { offlineText } from '../_text/en.ts'
import { evaluateChapter } from '../_ui/chapter/evaluate.ts'
import { bookDocument } from '../_ui/offline/document.tsx'
import { courseNow } from './course.ts'
import { labList } from './labs.ts'
import { ownAddress } from './own-address.ts'

/** Null when there is no such chapter. */
export async function chapterFile(slug: string): Promise<Response | null> {
  const { open, all } = await openChapters()
  if (!all.some(({ meta }) => meta.slug === slug)) return null
  const found = open.find(({ meta }) => meta.slug === slug)
  // The page says until when, and what is to be done before.
  if (!found) redirect(chapterPath(slug))
  const { number, title } = found.meta
  return file(
    `ringside-${String(number).padStart(2, '0')}-${slug}`,
    offlineText.chapterTitle(number, title),
    [found],
    0,
  )
}

export async function courseFile(): Promise<Response> {
  const { open, all } = await openChapters()
  return file('ringside-course', offlineText.courseTitle, open, all.length - open.length)
}

async function openChapters(): Promise<{ open: Chapter[]; all: Chapter[] }> {
  const [course, all] = await Promise.all([courseNow(), wholeCourse()])
  const isOpen = (slug: string) =>
    course.chapters.some(({ meta, openness }) => meta.slug === slug && openness.open)
  return { all, open: all.filter(({ meta }) => isOpen(meta.slug)) }
}

async function file(name: string, title: string, chapters: Chapter[], closed: number): Promise<Response> {
  const [home, labs] = await Promise.all([ownAddress(), labList()])
  const html = await bookDocument({
    title,
    chapters: chapters.map(({ meta, toc, code, terms }) => ({
      meta,
      toc,
      terms,
      Body: evaluateChapter(meta.slug, code),
    })),
    closed,
    labs,
    home,
    day: new Date().toISOString().slice(0, 10),
  })
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.html"`,
      'cache-control': 'private, no-store',
    },
  })
}
