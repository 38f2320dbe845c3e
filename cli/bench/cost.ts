/** What a page costs the browser that shows it, and how evenly it is drawn. Knows no page. */
import type { Browser, Page } from 'playwright-core'

interface ProcessTimes {
  processInfo: { cpuTime: number }[]
}

/** In percent of one processor: every process of the browser, so that painting counts too. The browser shows this page alone. */
export async function processorShare(browser: Browser, page: Page, ms: number): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const seconds = async (): Promise<number> => {
    const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as ProcessTimes
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
  }
  const [before, began] = [await seconds(), performance.now()]
  await page.waitForTimeout(ms)
  const [after, ended] = [await seconds(), performance.now()]
  await session.detach()
  return ((after - before) / ((ended - began) / 1000)) * 100
}

/** Milliseconds from frame to frame, as the page itself is told them. */
export const frameTimes = (page: Page, ms: number): Promise<number[]> =>
  page.evaluate(
    (length) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = []
        // A method: what runs in the page must not be a named function, which tsx wraps in a helper that is not there.
        const film = {
          draw(now: number) {
            times.push(now)
            if (now - (times[0] ?? now) < length) requestAnimationFrame((next) => film.draw(next))
            else resolve(times.slice(1).map((time, at) => time - (times[at] ?? time)))
          },
        }
        requestAnimationFrame((now) => film.draw(now))
      }),
    ms,
  )
