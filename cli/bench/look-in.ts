/**
 * From an instructor's click to the learner's prompt on their screen, in a browser, at a machine that a learner has started. Knows no room.
 */
import type { Page } from 'playwright-core'
import { z } from 'zod'
import type { Visitor } from './room-client.ts'

const lab = 'accept-queue'
const startMs = 300_000
const startedSchema = z.object({ id: z.string() })

/** @param page of an instructor of the cohort, signed in. @returns ms of each look */
export async function lookInTimes(
  page: Page,
  address: string,
  cohort: string,
  learner: Visitor,
  looks: number,
): Promise<number[]> {
  const { id } = startedSchema.parse(await learner.post(`/api/labs/${lab}/attempt`, {}))
  try {
    await page.goto(`${address}/cohorts/${cohort}/look/${id}`)
    await promptShown(page, startMs)
    const times: number[] = []
    for (let look = 0; look < looks; look++) {
      await page.goto(`${address}/cohorts/${cohort}/look`)
      const link = page.locator(`a[href$="/look/${id}"]`)
      await link.waitFor()
      // As for a person, who clicks when the page stands: before its scripts have taken over, a click loads the other page whole.
      await page.locator('html[data-hears-keys]').waitFor({ state: 'attached' })
      const since = performance.now()
      await link.click()
      await promptShown(page, 30_000)
      times.push(performance.now() - since)
    }
    return times
  } finally {
    await learner.post(`/api/attempts/${id}/end`, {})
  }
}

/** Looked for at every frame, so that the time is the reader's. */
async function promptShown(page: Page, timeout: number): Promise<void> {
  await page.waitForFunction(
    () => {
      type Terminal = {
        buffer: { active: { length: number; getLine(n: number): { translateToString(): string } } }
      }
      const { ringsideTerminals } = window as unknown as { ringsideTerminals?: Map<string, Terminal> }
      return [...(ringsideTerminals?.values() ?? [])].some(({ buffer: { active } }) =>
        Array.from({ length: active.length }, (_, n) => active.getLine(n).translateToString()).some((line) =>
          line.includes('root@server'),
        ),
      )
    },
    undefined,
    { polling: 'raf', timeout },
  )
}
