/** Texts that all instruments inside the chapters share, and how they write numbers. */
import { locale, texts } from '../../language.ts'

const format = new Intl.NumberFormat(locale)

export const number = (value: number): string => format.format(value)
export const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`

export const instrumentText = /* @__PURE__ */ texts('instrumentText', {
  label: 'Try it',
  model: (says: string) => `A model, not a machine: ${says}`,
  step: (unit: string) => `Step: ${unit}`,
  leap: (steps: number) => `${steps} steps`,
  play: 'Play',
  pause: 'Pause',
  again: 'Start again',
} as const)
