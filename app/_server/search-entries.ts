/**
 * What can be searched: chapters and their sections, labs, the pocket, the glossary, every line that the course types, every counter. Made of what the compiler kept of the
 * chapters; the index itself is the browser's. It holds nothing that its reader may not see: what is not open for them, no hint and no cause.
 */
import 'server-only'
import { wholeCourse } from '#/content/catalog.ts'
import { glossary } from '#/content/glossary.ts'
import { pocket } from '#/content/pocket.ts'
import { type Chapter, chapterPath } from '#/content/schema.ts'
import { counters } from '#/labs/counters.ts'
import { catalogueText, glossaryText, homeText, pocketText } from '../_text/en.ts'
import type { Entry } from '../_ui/palette/search.ts'
import { opennessNow } from './course.ts'
import { labList } from './labs.ts'

/** Of what is open for whoever asks. */
export async function searchEntries(): Promise<Entry[]> {
  const [all, allLabs, openness] = await Promise.all([wholeCourse(), labList(), opennessNow()])
  const chapters = all.filter(({ meta }) => openness(`chapter:${meta.slug}`).open)
  const labs = allLabs.filter(({ id }) => openness(`lab:${id}`).open)
  return [
    ...chapters.flatMap(chapterEntries),
    ...labs.map(
      ({ id, title, objectives }): Entry => ({
        kind: 'lab',
        title,
        where: catalogueText.title,
        href: `/labs/${id}`,
        text: objectives.join(' '),
      }),
    ),
    ...pocket.map(
      ({ id, line, asks, columns }): Entry => ({
        kind: 'command',
        title: line,
        where: pocketText.title,
        href: `/pocket#${id}`,
        text: [asks, ...columns.flatMap(({ name, means }) => [name, means])].join(' '),
      }),
    ),
    ...glossary.map(
      ({ id, name, means }): Entry => ({
        kind: 'term',
        title: name,
        where: glossaryText.title,
        href: `/glossary#${id}`,
        text: means,
      }),
    ),
    ...commandEntries(chapters),
    ...counterEntries(chapters),
  ]
}

function chapterEntries({ meta, toc, sections }: Chapter): Entry[] {
  const whole: Entry = {
    kind: 'chapter',
    title: meta.title,
    where: homeText.chapter(meta.number),
    href: chapterPath(meta.slug),
    text: [meta.summary, ...meta.objectives, sections.find(({ id }) => id === null)?.text ?? ''].join(' '),
  }
  const parts = sections.flatMap(({ id, text }): Entry[] => {
    const heading = toc.find((entry) => entry.id === id)
    if (!heading) return []
    const href = chapterPath(meta.slug, `#${heading.id}`)
    return [{ kind: 'section', title: heading.text, where: meta.title, href, text }]
  })
  return [whole, ...parts]
}

/** Each line where it is typed first; a remark behind it is searched, too. */
function commandEntries(chapters: Chapter[]): Entry[] {
  const found = new Map<string, Entry>()
  for (const { meta, sections } of chapters) {
    for (const { id, typed } of sections) {
      for (const line of typed) {
        const [title = line, text = ''] = line.split(/\s+# /)
        const href = chapterPath(meta.slug, id === null ? '' : `#${id}`)
        if (!found.has(title)) found.set(title, { kind: 'command', title, where: meta.title, href, text })
      }
    }
  }
  return [...found.values()]
}

/** A counter leads to the first section that speaks of it; nothing here says at which stage it counts, which a diagnosis asks for. */
function counterEntries(chapters: Chapter[]): Entry[] {
  return counters.flatMap(({ id, read }): Entry[] => {
    const short = id.replace(/^TcpExt|^IpExt/, '')
    for (const { meta, sections } of chapters) {
      const section = sections.find(({ text }) => text.includes(id) || text.includes(short))
      if (!section) continue
      const href = chapterPath(meta.slug, section.id === null ? '' : `#${section.id}`)
      return [{ kind: 'counter', title: id, where: meta.title, href, text: read }]
    }
    return []
  })
}
