/**
 * From saving a chapter or a ticket to its new text on a page of `npm run dev` that is open in a real browser. Writes a chapter and a lab of its own, as long
 * as real ones, and takes them away again; touches no author's file. Knows nothing of how a page learns of a save.
 */
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { chaptersFolder, fileName, readChapterFiles } from '../../content/files.ts'
import { chapterPath } from '../../content/schema.ts'
import { labsRoot } from '../../labs/catalog.ts'
import { readEnvironment } from '../environment.ts'
import { openHome } from '../home.ts'
import { CommandError, say } from '../output.ts'
import { createProgress } from '../progress.ts'
import { withDevelopment } from '../running.ts'
import { ensureBrowser } from '../setup/browser.ts'
import { thisHost } from '../setup/host.ts'
import { type BenchOptions, figure, median, percentile, type Report, report } from './figures.ts'
import { launchBrowser } from './launch.ts'

const own = { chapter: '98-bench-dev.mdx', lab: 'bench-dev' }
/** Whose text is copied. */
const model = 'accept-queue'

export async function benchDev({ count = 10 }: BenchOptions): Promise<Report> {
  const env = readEnvironment()
  const host = thisHost()
  const executablePath = await createProgress().step('browser', (note) => ensureBrowser(host, note))
  await using written = await ownContent()
  // Awaited here: what was written stays until the work is over.
  return await withDevelopment(env, openHome(env.RINGSIDE_HOME), async ({ address, signInAddress }) => {
    const browser = await launchBrowser(host, executablePath)
    try {
      const page = await browser.newPage()
      await page.goto(signInAddress)
      const times = await saves(page, address, written, count)
      return report('dev', figuresOf(times), `Chromium ${browser.version()}`)
    } finally {
      await browser.close()
    }
  })
}

interface Times {
  chapter: number[]
  ticket: number[]
}

export async function saves(page: Page, address: string, written: Content, count: number): Promise<Times> {
  await openListening(page, `${address}${written.chapterAddress}`)
  const chapter = await savesOf(page, written.saveChapter, count)
  say(`  ${count} saves of a chapter`)
  await openListening(page, `${address}${written.labAddress}`)
  const ticket = await savesOf(page, written.saveTicket, count)
  say(`  ${count} saves of a ticket`)
  return { chapter, ticket }
}

/** Until this page hears of saves, and not the one before it. */
async function openListening(page: Page, url: string): Promise<void> {
  await page.goto('about:blank')
  const [, response] = await Promise.all([
    page.waitForResponse((one) => one.url().endsWith('/api/saved')),
    page.goto(url),
  ])
  if (!response?.ok())
    throw new CommandError(
      `${url} answered ${response?.status()}.`,
      'Run the command again; what it writes for itself is taken away.',
    )
}

const figuresOf = ({ chapter, ticket }: Times) => [
  figure({ id: 'dev.chapter.p50', value: median(chapter), unit: 'ms', goal: 1000 }),
  figure({ id: 'dev.chapter.p95', value: percentile(chapter, 0.95), unit: 'ms' }),
  figure({ id: 'dev.ticket.p50', value: median(ticket), unit: 'ms', goal: 1000 }),
  figure({ id: 'dev.ticket.p95', value: percentile(ticket, 0.95), unit: 'ms' }),
]

/** The first save warms up what renders, and is not counted. */
async function savesOf(page: Page, save: (word: string) => Promise<void>, count: number): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round <= count; round++) {
    const word = `saved for the ${round}. time at ${Date.now()}`
    const shown = appears(page, word)
    const began = performance.now()
    await save(word)
    await shown
    if (round > 0) times.push(performance.now() - began)
    // Whoever writes does not save without a pause, and what follows a save must not fall into the next one.
    await page.waitForTimeout(500)
  }
  return times
}

/** Told by the page itself: Playwright looks again only each half second. */
const appears = (page: Page, word: string): Promise<void> =>
  page.evaluate(
    (text) =>
      new Promise<void>((resolve) => {
        const watch = new MutationObserver(() => {
          if (!document.body.textContent?.includes(text)) return
          watch.disconnect()
          resolve()
        })
        watch.observe(document.body, { subtree: true, childList: true, characterData: true })
      }),
    word,
  )

interface Content extends AsyncDisposable {
  chapterAddress: string
  labAddress: string
  /** @param word stands in the text afterwards */
  saveChapter(word: string): Promise<void>
  saveTicket(word: string): Promise<void>
}

/** Before the app starts, which counts the labs then. */
export async function ownContent(): Promise<Content> {
  const chapter = join(chaptersFolder(), own.chapter)
  const lab = join(labsRoot(), own.lab)
  const ticket = join(lab, 'ticket.md')
  const takeAway = () =>
    Promise.all([rm(chapter, { force: true }), rm(lab, { recursive: true, force: true })])
  // What a killed run left.
  await takeAway()
  const { slug, number } = fileName(own.chapter)
  const text = (await readChapterFiles(chaptersFolder())).find((file) => file.slug === model)?.text ?? ''
  const chapterText = text.replace(/^number: .*$/m, `number: ${number}`).replace(/^labs: .*$/m, 'labs: []')
  await cp(join(labsRoot(), model), lab, { recursive: true })
  const definition = await readFile(join(lab, 'lab.ts'), 'utf8')
  await writeFile(join(lab, 'lab.ts'), definition.replace(`id: '${model}'`, `id: '${own.lab}'`))
  const ticketText = await readFile(ticket, 'utf8')
  const saveChapter = (word: string) => writeFile(chapter, `${chapterText}\n\nThis chapter was ${word}.\n`)
  await saveChapter('not saved yet')
  return {
    chapterAddress: chapterPath(slug),
    labAddress: `/labs/${own.lab}`,
    saveChapter,
    saveTicket: (word) => writeFile(ticket, `${ticketText}\n\nThis ticket was ${word}.\n`),
    [Symbol.asyncDispose]: async () => void (await takeAway()),
  }
}
