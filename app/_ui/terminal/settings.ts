/** How this person likes the terminal: size of type, screen-reader mode. Remembered in the browser, the same for every shell. */
import { z } from 'zod'

const schema = z.object({
  fontSize: z.number().int().min(9).max(24).catch(13),
  screenReader: z.boolean().catch(false),
})
export type TerminalSettings = z.infer<typeof schema>

const key = 'ringside:terminal'

export function loadSettings(): TerminalSettings {
  try {
    return schema.parse(JSON.parse(localStorage.getItem(key) ?? '{}'))
  } catch {
    return schema.parse({})
  }
}

export function saveSettings(settings: TerminalSettings): void {
  localStorage.setItem(key, JSON.stringify(settings))
}

export const resized = (settings: TerminalSettings, by: number): TerminalSettings =>
  schema.parse({ ...settings, fontSize: Math.min(24, Math.max(9, settings.fontSize + by)) })
