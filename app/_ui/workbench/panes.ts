/** Sizes of the panes, remembered in a cookie so that the server already draws them: nothing jumps. Knows no React. */
import { z } from 'zod'

const schema = z.object({
  side: z.number().min(280).max(900).catch(440),
  world: z.number().min(110).max(600).catch(190),
  sideShut: z.boolean().catch(false),
  worldShut: z.boolean().catch(false),
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
  side: Math.round(Math.min(900, Math.max(280, panes.side))),
  world: Math.round(Math.min(600, Math.max(110, panes.world))),
})

export function rememberPanes(panes: Panes): void {
  const value = encodeURIComponent(JSON.stringify(panes))
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers we support
  document.cookie = `${panesCookie}=${value}; path=/labs; max-age=31536000; samesite=lax`
}
