/**
 * How this person likes the terminal: size of type, colours, bell, screen-reader mode. Kept in the browser, the same for every shell. What is found
 * there is not trusted: each part that is no setting becomes the usual one. Knows no emulator.
 */
import { z } from 'zod'
import { localKept } from '../kept.ts'

export const fontSizes = { least: 9, most: 24 } as const
export const terminalColours = ['page', 'light', 'dark', 'contrast'] as const
export const bells = ['none', 'visual', 'sound'] as const

const schema = z.object({
  fontSize: z.number().int().min(fontSizes.least).max(fontSizes.most).catch(13),
  screenReader: z.boolean().catch(false),
  /** `page`: light or dark as the page is. */
  colours: z.enum(terminalColours).catch('page'),
  bell: z.enum(bells).catch('visual'),
})
export type TerminalSettings = z.infer<typeof schema>
export type TerminalColours = TerminalSettings['colours']
export type Bell = TerminalSettings['bell']

export const settingsKey = 'ringside:terminal'

export function parseSettings(kept: string | null): TerminalSettings {
  try {
    return schema.parse(JSON.parse(kept ?? '{}'))
  } catch {
    return schema.parse({})
  }
}

export const loadSettings = (): TerminalSettings => parseSettings(localKept.get(settingsKey))

export const saveSettings = (settings: TerminalSettings): void =>
  localKept.set(settingsKey, JSON.stringify(settings))

export const resized = (settings: TerminalSettings, by: number): TerminalSettings => ({
  ...settings,
  fontSize: Math.min(fontSizes.most, Math.max(fontSizes.least, settings.fontSize + by)),
})
