/**
 * The live map beside a real machine that has its background traffic: the processor that the browser wants for it, and how evenly frames come while
 * readings arrive. Beside each the same page with the map put away, which costs what terminal, status and socket cost. Knows no stage.
 */
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { readEnvironment } from '../environment.ts'
import { openHome } from '../home.ts'
import { say } from '../output.ts'
import { createProgress } from '../progress.ts'
import { withRingside } from '../running.ts'
import { ensureBrowser } from '../setup/browser.ts'
import { thisHost } from '../setup/host.ts'
import { frameTimes, processorShare } from './cost.ts'
import { type BenchOptions, figure, percentile, type Report, report } from './figures.ts'
import { launchBrowser } from './launch.ts'

/** The one in which nothing is asked that the map would tell. */
const openLab = 'first-look'

/** A browser that draws sixty frames a second has 16.7 ms for each; the clock of its frames has 0.1 ms. */
const frameMs = 17
const attemptSchema = z.object({ id: z.string() })

/** Of one processor: what "near nothing" is taken for. */
const calmPercent = 3

export interface MapCost {
  percent: number
  frames: number[]
}

/** @param count for how many seconds each is watched */
export async function benchMap({ lab = openLab, count = 20 }: BenchOptions): Promise<Report> {
  const env = readEnvironment()
  const host = thisHost()
  const executablePath = await createProgress().step('browser', (note) => ensureBrowser(host, note))
  return withRingside(env, openHome(env.RINGSIDE_HOME), async ({ address, signInAddress }) => {
    const browser = await launchBrowser(host, executablePath)
    try {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await page.goto(signInAddress)
      const ask = (path: string) => page.request.post(`${address}${path}`, { headers: { origin: address } })
      const { id } = attemptSchema.parse(await (await ask(`/api/labs/${lab}/attempt`)).json())
      try {
        await page.goto(`${address}/labs/${lab}`)
        await page.locator('.live-stage').first().waitFor({ timeout: 240_000 })
        const { shown, away } = await mapCosts(browser, page, count * 1000)
        return report('map', figuresOf(shown, away), `Chromium ${browser.version()}`)
      } finally {
        await ask(`/api/attempts/${id}/end`)
      }
    } finally {
      await browser.close()
    }
  })
}

/** The same page with the map and without it. */
export async function mapCosts(
  browser: Browser,
  page: Page,
  ms: number,
): Promise<{ shown: MapCost; away: MapCost }> {
  // What loads with the map, and the first two minutes' readings, are not what it costs.
  await page.waitForTimeout(5_000)
  const hide = page.getByRole('button', { name: 'Hide the world plot' })
  // Both times the focus is there: in the terminal a cursor would blink beside the map, and no more once this was pressed.
  await hide.focus()
  const shown = await cost(browser, page, ms)
  say(`  with the map: ${shown.percent.toFixed(2)} % of a processor`)
  await hide.click()
  await page.locator('.live-stage').first().waitFor({ state: 'hidden' })
  await page.waitForTimeout(1_000)
  const away = await cost(browser, page, ms)
  say(`  without it: ${away.percent.toFixed(2)} %`)
  return { shown, away }
}

/** One after the other: asking for frames costs some. */
const cost = async (browser: Browser, page: Page, ms: number): Promise<MapCost> => ({
  percent: await processorShare(browser, page, ms),
  frames: await frameTimes(page, ms),
})

function figuresOf(shown: MapCost, away: MapCost) {
  const late = ({ frames }: MapCost) =>
    (frames.filter((time) => time > frameMs * 1.5).length / frames.length) * 100
  return [
    figure({ id: 'map.page', value: shown.percent, unit: '%', reference: away.percent }),
    figure({
      id: 'map.processor',
      value: Math.max(0, shown.percent - away.percent),
      unit: '%',
      goal: calmPercent,
    }),
    figure({
      id: 'map.frame.p50',
      value: percentile(shown.frames, 0.5),
      unit: 'ms',
      reference: percentile(away.frames, 0.5),
      goal: frameMs,
    }),
    figure({
      id: 'map.frame.p99',
      value: percentile(shown.frames, 0.99),
      unit: 'ms',
      reference: percentile(away.frames, 0.99),
    }),
    figure({ id: 'map.frames.late', value: late(shown), unit: '%', reference: late(away), goal: 1 }),
  ]
}
