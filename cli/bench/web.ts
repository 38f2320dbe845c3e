/**
 * A chapter page in a real browser, cold cache each time: first byte, largest paint, JavaScript over the wire; beside it a bare page with one
 * line of text, which costs what the browser itself costs. JavaScript is that of the heaviest chapter, as it comes and once it is read to its end, where
 * instruments are loaded when they come near. Knows no page's content.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { readEnvironment } from '../environment.ts'
import { openHome } from '../home.ts'
import { CommandError, say } from '../output.ts'
import { createProgress } from '../progress.ts'
import { withRingside } from '../running.ts'
import { ensureBrowser } from '../setup/browser.ts'
import { thisHost } from '../setup/host.ts'
import { type BenchOptions, figure, median, type Report, report } from './figures.ts'
import { launchBrowser } from './launch.ts'

interface Visit {
  ttfbMs: number
  lcpMs: number
  scriptKb: number
  /** With what is loaded on the way to its end. */
  readKb: number
}

export async function benchWeb({ count = 10 }: BenchOptions): Promise<Report> {
  const env = readEnvironment()
  const host = thisHost()
  const executablePath = await createProgress().step('browser', (note) => ensureBrowser(host, note))
  return withRingside(env, openHome(env.RINGSIDE_HOME), async ({ address, signInAddress }) => {
    const browser = await launchBrowser(host, executablePath)
    try {
      const { state, all } = await signIn(browser, signInAddress, address)
      const bare = await withBarePage((url) => visits(browser, url, count))
      const chapters = await visits(browser, all[0] as string, count, state)
      const read: Visit[] = []
      for (const url of all) read.push(await visit(browser, url, state))
      say(`  ${all.length} chapters read to their ends`)
      const most = (field: keyof Visit) => Math.max(...read.map((one) => one[field]))
      const of = (list: Visit[], field: keyof Visit) => median(list.map((one) => one[field]))
      return report(
        'web',
        [
          figure({
            id: 'web.ttfb',
            value: of(chapters, 'ttfbMs'),
            unit: 'ms',
            reference: of(bare, 'ttfbMs'),
            goal: 50,
          }),
          figure({
            id: 'web.lcp',
            value: of(chapters, 'lcpMs'),
            unit: 'ms',
            reference: of(bare, 'lcpMs'),
            goal: 1000,
          }),
          figure({ id: 'web.js', value: most('scriptKb'), unit: 'kB', goal: 150 }),
          figure({ id: 'web.js.read', value: most('readKb'), unit: 'kB' }),
        ],
        `Chromium ${browser.version()}`,
      )
    } finally {
      await browser.close()
    }
  })
}

type State = Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>

async function signIn(
  browser: Browser,
  signInAddress: string,
  address: string,
): Promise<{ state: State; all: string[] }> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(signInAddress)
  await page.goto(`${address}/course`)
  const links = await page
    .locator('main h2 a[href^="/chapters/"]')
    .evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).href))
  if (links.length === 0)
    throw new CommandError('The course page links to no chapter.', 'Run `npm run ringside -- content check`.')
  const all = [...new Set(links)]
  // Once unmeasured: the server compiles and caches a chapter at its first visit.
  for (const url of all) await page.goto(url)
  const state = await context.storageState()
  await context.close()
  return { state, all }
}

async function visits(browser: Browser, url: string, count: number, state?: State): Promise<Visit[]> {
  const list: Visit[] = []
  for (let index = 0; index < count; index++) list.push(await visit(browser, url, state))
  say(`  ${count} visits of ${new URL(url).pathname}`)
  return list
}

async function visit(browser: Browser, url: string, storageState?: State): Promise<Visit> {
  const context = await browser.newContext({ storageState })
  try {
    const page = await context.newPage()
    const network = await context.newCDPSession(page)
    await network.send('Network.enable')
    // Scripts as they come, compressed; the lines of HTTP before each are none.
    const headers = new Map<string, number>()
    let bytes = 0
    const underWay = new Set<string>()
    network.on('Network.requestWillBeSent', ({ requestId, type }) => {
      // A live line never ends.
      if (type === 'Script') underWay.add(requestId)
    })
    network.on('Network.loadingFailed', ({ requestId }) => underWay.delete(requestId))
    network.on('Network.responseReceived', ({ requestId, type, response }) => {
      if (type === 'Script') headers.set(requestId, response.encodedDataLength)
    })
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      underWay.delete(requestId)
      const before = headers.get(requestId)
      if (before !== undefined) bytes += encodedDataLength - before
    })
    await page.goto(url, { waitUntil: 'networkidle' })
    const [ttfbMs, lcpMs] = await page.evaluate(paintTimes)
    const scriptKb = bytes / 1000
    await readToItsEnd(page, () => underWay.size === 0)
    return { ttfbMs, lcpMs, scriptKb, readKb: bytes / 1000 }
  } finally {
    await context.close()
  }
}

/** A window at a time, as a reader comes by what is loaded when it is near. */
async function readToItsEnd(page: Page, isQuiet: () => boolean): Promise<void> {
  const drawn = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  const windows = await page.evaluate(() => Math.ceil(document.documentElement.scrollHeight / innerHeight))
  for (let at = 1; at <= windows; at++) {
    await page.evaluate((n) => scrollTo(0, n * innerHeight), at)
    await drawn()
  }
  do await drawn()
  while (!isQuiet())
}

/** Runs in the page. */
function paintTimes(): Promise<[number, number]> {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const last = list.getEntries().at(-1)
      resolve([navigation?.responseStart ?? 0, last?.startTime ?? 0])
    }).observe({ type: 'largest-contentful-paint', buffered: true })
  })
}

async function withBarePage<T>(work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((_, response) =>
    response
      .setHeader('content-type', 'text/html')
      .end('<!doctype html><title>bare</title><p>One line of text.</p>'),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
