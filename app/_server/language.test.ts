/** A second language, as somebody adds one: files in a folder, no code touched. Pages are made anew in it, in this process. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { chapterText } from '../_text/en/chapter.ts'
import { pluralIn } from '../_text/plural.ts'
import { pseudoTag } from '../_text/testing/pseudo.ts'
import { writePseudo } from '../_text/testing/write-pseudo.ts'
import type { Translation } from '../_text/translation.ts'
import { languageScript, learnLanguage } from './language.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-texts-'))
})

afterEach(async () => {
  const shelf = globalThis as { ringsideLanguage?: unknown; ringsideLanguageScript?: unknown }
  delete shelf.ringsideLanguage
  delete shelf.ringsideLanguageScript
  vi.resetModules()
  await rm(folder, { recursive: true, force: true })
})

async function write(name: string, text: string): Promise<void> {
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

/** As a start of the app: the language first, then every module that asks for a text. */
async function started(tag: string) {
  await learnLanguage(tag, folder)
  vi.resetModules()
  const [{ bookDocument }, { evaluateChapter }, { chapter }, { CertificateSheet }] = await Promise.all([
    import('../_ui/offline/document.tsx'),
    import('../_ui/chapter/evaluate.ts'),
    import('#/content/catalog.ts'),
    import('../_ui/certificate/CertificateSheet.tsx'),
  ])
  const nic = await chapter('nic')
  if (!nic) throw new Error('there is no chapter nic')
  return {
    page: (closed: number) =>
      bookDocument({
        title: 'Der Titel',
        chapters: [{ ...nic, Body: evaluateChapter('nic', nic.code) }],
        closed,
        labs: [],
        home: 'http://ringside.test',
        day: '2026-11-03',
      }),
    certificate: () =>
      renderToStaticMarkup(
        createElement(CertificateSheet, {
          certificate: {
            version: 1,
            name: 'Grace Hopper',
            completedOn: '2026-11-03',
            chapters: 14,
            labs: [],
            course: '0.1.0',
          },
          labs: [],
        }),
      ),
  }
}

const german = async () => {
  await write(
    'de/chapter.ts',
    `
    import type { chapterText as English } from '#/app/_text/en/chapter.ts'
    import { pluralIn } from '#/app/_text/plural.ts'
    import type { Translation } from '#/app/_text/translation.ts'

    const minutes = pluralIn('de')({ one: 'Minute', other: 'Minuten' })

    export const chapterText: Translation<typeof English> = {
      objectives: 'Danach können Sie',
      meta: (count) => \`\${minutes(count)} Lesezeit\`,
      aside: { warning: 'Vorsicht' },
    }
    `,
  )
  await write(
    'de/certificate.ts',
    `export const certificateText = { body: (read: number) => \`\${read} Kapitel\`, on: 'Abgeschlossen am' }`,
  )
}

describe('a small catalogue in a folder', () => {
  test('a page speaks it, in English where it is silent, and says so of itself', async () => {
    await german()
    const html = await (await started('de')).page(2)
    expect(html).toContain('<html lang="de">')
    expect(html).toContain('Danach können Sie')
    expect(html).toContain('12 Minuten Lesezeit')
    // Whole parts and single pieces that it does not have.
    expect(html).toContain('>Contents<')
    expect(html).toContain('>Sources<')
    expect(html).toContain('2 chapters are not open for you yet')
  })

  test('what stays English is marked as English', async () => {
    await german()
    const html = await (await started('de')).page(0)
    expect(html).toMatch(/<article lang="en" class="prose">/)
    expect(html).toMatch(/<h1 id="nic--title" lang="en"/)
  })

  test('dates follow the language, also in pieces that are not translated', async () => {
    await german()
    const ringside = await started('de')
    expect(ringside.certificate()).toContain('3. November 2026')
    expect(ringside.certificate()).toContain('Abgeschlossen am')
    expect(ringside.certificate()).toContain('14 Kapitel')
    expect(await ringside.page(0)).toContain('As the course was on 3. November 2026.')
  })

  test('a piece of another kind than in English is not taken', async () => {
    await write(
      'de/chapter.ts',
      `export const chapterText = { meta: '12 Minuten', objectives: () => 'x', lab: null }`,
    )
    const html = await (await started('de')).page(0)
    expect(html).toContain('12 minutes to read')
    expect(html).toContain('Afterwards you can')
  })

  test('English alone needs nothing of this', async () => {
    const html = await (await started('en')).page(0)
    expect(languageScript()).toBeNull()
    expect(html).toContain('<html lang="en">')
    expect(html).not.toContain('lang="en" class="prose"')
    expect(html).toContain('As the course was on 3 November 2026.')
  })
})

describe('the script for browsers', () => {
  test('speaks the language where it runs, and needs nothing else', async () => {
    await german()
    await learnLanguage('de', folder)
    const browser = createContext({ Intl })
    runInContext(languageScript()?.code ?? '', browser)
    const said = runInContext(
      `ringsideLanguage.of('chapterText', { objectives: 'A', copy: 'Copy', meta: (n) => '' })`,
      browser,
    )
    expect(said.objectives).toBe('Danach können Sie')
    expect(said.copy).toBe('Copy')
    expect(said.meta(1)).toBe('1 Minute Lesezeit')
  })

  test('has another address when a text has changed', async () => {
    await german()
    await learnLanguage('de', folder)
    const before = languageScript()?.address
    await write('de/line.ts', `export const lineText = { run: 'Ausführen' }`)
    await learnLanguage('de', folder)
    expect(languageScript()?.address).not.toBe(before)
  })
})

test('a language that is not there is refused, with what is', async () => {
  await german()
  await expect(learnLanguage('fr', folder)).rejects.toThrow(
    /RINGSIDE_LANGUAGE is fr.*There: de\..*docs\/translating\.md/,
  )
})

test('a file that cannot be read is refused, with its place', async () => {
  await write('de/chapter.ts', 'export const chapterText = {')
  await expect(learnLanguage('de', folder)).rejects.toThrow(/chapter\.ts:1/)
})

test.each([
  [
    'pl',
    { one: 'plik', few: 'pliki', many: 'plików', other: 'pliku' },
    ['1 plik', '3 pliki', '5 plików', '22 pliki'],
  ],
  ['de', { one: 'Datei', other: 'Dateien' }, ['1 Datei', '3 Dateien', '5 Dateien', '22 Dateien']],
  ['ja', { other: '個' }, ['1 個', '3 個', '5 個', '22 個']],
] as const)('plurals of %s', (tag, forms, said) => {
  expect([1, 3, 5, 22].map(pluralIn(tag)(forms))).toEqual(said)
})

test('a language of every text: whatever a page says of its own comes from the catalogue', async () => {
  await writePseudo(folder)
  const html = await (await started(pseudoTag)).page(1)
  expect(html).toContain(`<html lang="${pseudoTag}">`)
  const own = html
    .replace(/<head>[\s\S]*<\/head>/, '')
    .replaceAll(/<(article|ul|dl|p|h1)( [^>]*)? lang="en"[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<ol>[\s\S]*?<\/ol>/g, '')
  const texts = [...own.matchAll(/>([^<]*\p{L}[^<]*)</gu)].map(([, text]) => text?.trim() ?? '')
  expect(texts.filter((text) => !text.includes('⟦'))).toEqual([])
  expect(texts.length).toBeGreaterThan(5)
})

test('every text of the catalogue can be translated: it passes through texts() under its own name', async () => {
  const english = join(import.meta.dirname, '../_text/en')
  const plain: string[] = []
  for (const name of await readdir(english, { recursive: true })) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue
    const source = await readFile(join(english, name), 'utf8')
    for (const [, constant, value = ''] of source.matchAll(/^export const (\w+) =\s*(.*(?:\n\s+'\w+',)?)/gm))
      if (/^\{/.test(value) || (value.includes('texts(') && !value.includes(`'${constant}'`)))
        plain.push(`${name}: export const ${constant} = /* @__PURE__ */ texts('${constant}', { … } as const)`)
  }
  expect(plain).toEqual([])
})

/** Compiles: a translation may leave out anything, and may say it with any words. */
const _fits: Translation<typeof chapterText> = {
  copy: 'Kopieren',
  lab: { minutes: (count) => `${count} Min.` },
}
// @ts-expect-error a piece that English does not have
const _unknown: Translation<typeof chapterText> = { kopieren: 'Kopieren' }
// @ts-expect-error a text where English has a function
const _kind: Translation<typeof chapterText> = { meta: 'Minuten' }
