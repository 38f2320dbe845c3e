/** Chapters and labs as items, in the order of the course: what a release or a prerequisite names. Knows nobody. */
import 'server-only'
import { cache } from 'react'
import { frameText } from '#/app/_text/en.ts'
import { chapters } from '#/content/catalog.ts'
import { chapterPath } from '#/content/schema.ts'
import { playgroundId } from '#/labs/playground/id.ts'
import { labList } from './labs.ts'

export interface ItemTitle {
  item: string
  title: string
  href: string
  kind: 'chapter' | 'lab'
  /** Of a lab, as an item; null for a chapter. */
  chapter: string | null
}

export const itemsNow = cache(async (): Promise<ItemTitle[]> => {
  const [list, labs] = await Promise.all([chapters(), labList()])
  const labItem = ({ id, title, chapter }: (typeof labs)[number]): ItemTitle => ({
    item: `lab:${id}`,
    title,
    href: `/labs/${id}`,
    kind: 'lab',
    chapter: `chapter:${chapter}`,
  })
  const along = list.flatMap(({ slug, title }): ItemTitle[] => [
    { item: `chapter:${slug}`, title, href: chapterPath(slug), kind: 'chapter', chapter: null },
    ...labs.filter(({ chapter }) => chapter === slug).map(labItem),
  ])
  const placed = new Set(along.map(({ item }) => item))
  return [...along, ...labs.map(labItem).filter(({ item }) => !placed.has(item))]
})

export const titlesNow = async (): Promise<Map<string, ItemTitle>> =>
  new Map((await itemsNow()).map((one) => [one.item, one]))

/** Of whatever a machine was started for. */
export const labTitles = async (): Promise<(id: string) => string> => {
  const titles = new Map((await labList()).map(({ id, title }) => [id, title]))
  return (id) => titles.get(id) ?? (id === playgroundId ? frameText.playground : id)
}
