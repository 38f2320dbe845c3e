/** Sizes of the panes, remembered in a cookie so that the server already draws them: nothing jumps. Knows no React. */
import { z } from 'zod'

export const sideRange = [280, 900] as const
export const worldRange = [110, 600] as const

const schema = z.object({
  side: z.number().min(sideRange[0]).max(sideRange[1]).catch(440),
  world: z.number().min(worldRange[0]).max(worldRange[1]).catch(190),
  sideShut: z.boolean().catch(false),
  worldShut: z.boolean().catch(false),
  /** Only the terminal is there; the two above say what comes back. */
  alone: z.boolean().catch(false),
})
export type Panes = z.infer<typeof schema>

export const panesCookie = 'ringside_panes'

export function parsePanes(value: string | undefined): Panes {
  try {
    return schema.parse(JSON.parse(decodeURIComponent(value ?? '{}')))
  } catch {
    return schema.parse({})
  }
}

/** Within what the schema allows. */
export const fitPanes = (panes: Panes): Panes => ({
  ...panes,
  side: within(sideRange, panes.side),
  world: within(worldRange, panes.world),
})

const within = ([least, most]: readonly [number, number], value: number): number =>
  Math.round(Math.min(most, Math.max(least, value)))

export function rememberPanes(panes: Panes): void {
  const value = encodeURIComponent(JSON.stringify(panes))
  // Under the path that it had once it would be read before this one.
  write(`${panesCookie}=; path=/labs; max-age=0`)
  // Workbenches are under /labs, /playground and /assignments.
  write(`${panesCookie}=${value}; path=/; max-age=31536000; samesite=lax`)
}

function write(cookie: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers we support
  document.cookie = cookie
}
