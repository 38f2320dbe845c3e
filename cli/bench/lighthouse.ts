/**
 * Lighthouse over home, a chapter and a lab page, as the owner sees them. Lighthouse is no part of Ringside: npx fetches this one version for the run, from
 * the registry that npm is set to, with the Node that it wants, and nothing of them stays in the checkout. Knows no page's content.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { readEnvironment } from '../environment.ts'
import { openHome } from '../home.ts'
import { CommandError, say } from '../output.ts'
import { createProgress } from '../progress.ts'
import { withRingside } from '../running.ts'
import { ensureBrowser } from '../setup/browser.ts'
import { type Host, thisHost } from '../setup/host.ts'
import { type BenchOptions, figure, median, type Report, report } from './figures.ts'
import { launchBrowser } from './launch.ts'

const lighthouse = 'lighthouse@13.5.0'

/** It wants Node 22.19, and Ringside runs on less; 12 does too, but finds no start of the navigation in a trace of Chromium 156. */
const itsNode = 'node@22.23.3'

const categories = ['performance', 'accessibility', 'best-practices'] as const
type Scores = Record<(typeof categories)[number], number>

/** Of 100 points, as many may be missing. */
const mayMiss = 5

const reportSchema = z.object({
  categories: z.record(z.enum(categories), z.object({ score: z.number() })),
})

/** @param count runs of each page, of which the median counts */
export async function benchLighthouse({ lab = 'accept-queue', count = 3 }: BenchOptions): Promise<Report> {
  const env = readEnvironment()
  const host = thisHost()
  const executablePath = await createProgress().step('browser', (note) => ensureBrowser(host, note))
  return withRingside(env, openHome(env.RINGSIDE_HOME), async ({ address, signInAddress }) => {
    const cookie = await cookieOf(executablePath, signInAddress, host)
    const pages = { home: '/', chapter: '/chapters/accept-queue', lab: `/labs/${lab}` }
    const figures = []
    for (const [name, path] of Object.entries(pages)) {
      const scores = await scoresOf(host, { url: `${address}${path}`, cookie, executablePath }, count)
      say(`  ${path}`)
      for (const category of categories)
        figures.push(
          figure({
            id: `lighthouse.${name}.${category}`,
            value: 100 - median(scores.map((one) => one[category])),
            unit: 'missing',
            goal: mayMiss,
          }),
        )
    }
    return report('lighthouse', figures, lighthouse)
  })
}

async function cookieOf(executablePath: string, signInAddress: string, host: Host): Promise<string> {
  const browser = await launchBrowser(host, executablePath)
  try {
    const page = await browser.newPage()
    await page.goto(signInAddress)
    const cookies = await page.context().cookies()
    return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  } finally {
    await browser.close()
  }
}

interface Visit {
  url: string
  cookie: string
  executablePath: string
}

async function scoresOf(host: Host, visit: Visit, count: number): Promise<Scores[]> {
  const list: Scores[] = []
  for (let index = 0; index < count; index++) list.push(await scores(host, visit))
  return list
}

/** A trace that Chromium did not record whole is Lighthouse's own trouble: it asks for another run, which is said and made. */
async function scores(host: Host, visit: Visit, tries = 3): Promise<Scores> {
  const { url, cookie, executablePath } = visit
  const folder = await mkdtemp(join(tmpdir(), 'ringside-lighthouse-'))
  const path = join(folder, 'report.json')
  const { code, output } = await host.run(
    [
      ...['npx', '--yes', '-p', itsNode, '-p', lighthouse, 'lighthouse', url, '--quiet', '--preset=desktop'],
      ...['--output=json', `--output-path=${path}`, '--no-enable-error-reporting'],
      `--only-categories=${categories.join(',')}`,
      `--extra-headers=${JSON.stringify({ Cookie: cookie })}`,
      `--chrome-flags=--headless=new${host.root ? ' --no-sandbox' : ''}`,
    ],
    () => {},
    { env: { CHROME_PATH: executablePath } },
  )
  const written = await readFile(path, 'utf8').catch(() => null)
  await rm(folder, { recursive: true, force: true })
  if (tries > 1 && output.includes('Please run Lighthouse again')) {
    say(`  once more: ${output.match(/\((\w+)\)/)?.[1] ?? 'no trace'}`)
    return scores(host, visit, tries - 1)
  }
  if (code !== 0 || written === null)
    throw new CommandError(
      `Lighthouse did not run (exit ${code}). Its last words:\n${output.trim().split('\n').slice(-10).join('\n')}`,
      `npx fetches ${lighthouse} from npm's registry: the machine needs a way there. Nothing else of Ringside needs it.`,
    )
  const told = reportSchema.parse(JSON.parse(written))
  const of = (category: (typeof categories)[number]) =>
    Math.round((told.categories[category]?.score ?? 0) * 100)
  return {
    performance: of('performance'),
    accessibility: of('accessibility'),
    'best-practices': of('best-practices'),
  }
}
