/** The file to take along, made of the real chapters: it is whole, it is alone, and it can be folded, printed and listened to. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { wholeCourse } from '#/content/catalog.ts'
import { glossary } from '#/content/glossary.ts'
import type { Chapter } from '#/content/schema.ts'
import { readLabs } from '#/labs/catalog.ts'
import type { LabMeta } from '#/labs/schema.ts'
import { evaluateChapter } from '../chapter/evaluate.ts'
import { bookDocument } from './document.tsx'

const home = 'http://ringside.test:4700'

let chapters: Chapter[]
let whole: string
let labs: LabMeta[]

beforeAll(async () => {
  chapters = await wholeCourse()
  labs = (await readLabs()).labs.map(({ lab }) => lab.meta)
  whole = await fileOf(chapters, 2)
}, 120_000)

const fileOf = (list: Chapter[], closed = 0) =>
  bookDocument({
    title: 'The title',
    chapters: list.map((one) => ({ ...one, Body: evaluateChapter(one.meta.slug, one.code) })),
    closed,
    labs,
    home,
    day: '2026-11-27',
  })

/** What somebody reads or hears of it, in order. */
const words = (html: string) =>
  html
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replaceAll(/<[^>]*>/g, (tag) => ` ${/ aria-label="([^"]*)"/.exec(tag)?.[1] ?? ''} `)
    .replaceAll(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => entities[name] ?? '')
    .match(/[\p{L}\p{N}]+/gu) ?? []
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }

/** From one heading of the chapter to the next. */
function sectionOf(html: string, chapter: Chapter, id: string): string {
  const starts = chapter.toc.map((entry) => html.indexOf(`id="${chapter.meta.slug}--${entry.id}"`))
  const at = html.indexOf(`id="${chapter.meta.slug}--${id}"`)
  const ends = [...starts, html.indexOf(`id="${chapter.meta.slug}--sources"`)].filter((end) => end > at)
  return at < 0 ? '' : html.slice(at, Math.min(...ends))
}

describe('one chapter', () => {
  test('every chapter’s file holds every section of it, word for word', async () => {
    for (const chapter of chapters) {
      const html = await fileOf([chapter])
      for (const section of chapter.sections.filter(({ id }) => id !== null)) {
        const held = new Set(words(sectionOf(html, chapter, section.id ?? '')))
        const missing = words(section.text).filter((word) => !held.has(word))
        expect(missing, `${chapter.meta.slug}#${section.id}`).toEqual([])
      }
      for (const objective of chapter.meta.objectives)
        expect(words(html)).toEqual(expect.arrayContaining(words(objective)))
    }
  })

  test('the labs of a chapter are named, with what one will do and where', async () => {
    for (const chapter of chapters) {
      const html = await fileOf([chapter])
      for (const id of chapter.meta.labs) expect(html).toContain(`${home}/labs/${id}</a>`)
      for (const lab of labs.filter(({ id }) => chapter.meta.labs.includes(id)))
        expect(words(html).join(' ')).toContain(words(lab.objectives.join(' ')).slice(0, 6).join(' '))
    }
  })

  test('each recall question can be folded and has its answer', async () => {
    for (const chapter of chapters) {
      const html = await fileOf([chapter])
      expect(html.match(/<details class="question">/g)).toHaveLength(chapter.questions.length)
    }
  })

  test('each term leads to its meaning', async () => {
    for (const chapter of chapters) {
      const html = await fileOf([chapter])
      const asked = [...html.matchAll(/href="#word--([^"]+)"/g)].map(([, id]) => id)
      expect(asked).toEqual(chapter.terms)
      for (const id of asked) {
        expect(html).toContain(`id="word--${id}"`)
        expect(words(html)).toEqual(
          expect.arrayContaining(words(glossary.find((term) => term.id === id)?.means ?? '?')),
        )
      }
    }
  })

  test('leads to another chapter in Ringside, where it is', async () => {
    const html = await fileOf(chapters.filter(({ meta }) => meta.slug === 'symptoms'))
    expect(html).toContain(`href="${home}/chapters/`)
  })
})

describe('nobody is asked for anything', () => {
  /** The attributes, and the ways of a style sheet, by which a browser fetches something unasked. */
  const fetches = /\s(?:src|srcset|poster|data|action|formaction|background|manifest|ping)="([^"]*)"/g

  test('no script, no frame, no form, no link element, nothing that a browser would load', () => {
    expect(whole).not.toMatch(
      /<(?:script|iframe|frame|object|embed|form|link|base|audio|video|img|image|use)[\s>]/,
    )
    expect([...whole.matchAll(fetches)].map(([, to]) => to)).toEqual([])
    expect(whole).not.toMatch(/\son[a-z]+="/)
    expect(whole).not.toMatch(/http-equiv="refresh"/i)
  })

  test('the style names data of its own and nothing else', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(whole)?.[1] ?? ''
    expect(style.length).toBeGreaterThan(100_000)
    expect(style).not.toContain('@import')
    expect(style).not.toMatch(/https?:/)
    for (const [, to] of style.matchAll(/url\(\s*["']?([^)"']*)/g))
      expect(to?.slice(0, 16)).toBe('data:font/woff2;')
    expect(style.match(/url\(/g)).toHaveLength(4)
  })

  test('outside addresses are those that an author wrote, to be followed by hand', () => {
    const written = new Set(
      chapters.flatMap(({ meta, code }) => [
        ...meta.sources.flatMap(({ url }) => url ?? []),
        ...(code.match(/https:\/\/[^"\s]+/g) ?? []),
      ]),
    )
    const led = [...whole.matchAll(/<a [^>]*?href="(https?:[^"]*)"/g)].map(
      ([, to]) => to?.replaceAll('&amp;', '&') ?? '',
    )
    expect(led.filter((to) => !to.startsWith(home) && !written.has(to))).toEqual([])
    expect(led.length).toBeGreaterThan(20)
  })

  test('it says so itself, on any disk', () => {
    expect(whole).toContain(
      `content="default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;; img-src data:; font-src data:"`,
    )
  })
})

describe('the whole course', () => {
  test('no two things in it have the same id, and every link within leads somewhere', () => {
    const ids = [...whole.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    const inside = [...whole.matchAll(/href="#([^"]*)"/g)].map(([, id]) => decodeURI(id ?? ''))
    expect(inside.filter((id) => !ids.includes(id))).toEqual([])
    expect(inside.length).toBeGreaterThan(100)
  })

  test('a link to another chapter stays in the file', () => {
    expect(whole).not.toContain(`href="${home}/chapters/`)
  })

  test('says what is left out, and of which day it is', () => {
    expect(whole).toContain('2 chapters are not open for you yet and are left out.')
    expect(whole).toContain('As the course was on 27 November 2026.')
  })

  test('nothing in it looks as if it could be pressed and cannot', () => {
    expect(whole).not.toMatch(/<(?:button|input|select|textarea)[\s>]/)
    expect(whole).not.toContain('data-run')
  })
})

test.runIf(process.env.RINGSIDE_PICTURES)('as files to look at', async () => {
  const folder = process.env.RINGSIDE_PICTURES ?? ''
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'course.html'), whole)
  for (const chapter of chapters)
    writeFileSync(join(folder, `${chapter.meta.slug}.html`), await fileOf([chapter]))
})
