/** The sixteen colours, in daylight, at night and with high contrast. Every one is readable on its ground. */
import type { ITheme } from '@xterm/xterm'
import type { TerminalColours } from './settings.ts'

const light: ITheme = {
  background: '#f5f4f0',
  foreground: '#1b1f29',
  cursor: '#1b1f29',
  cursorAccent: '#f5f4f0',
  selectionBackground: '#f3d692',
  selectionInactiveBackground: '#efc66f',
  scrollbarSliderBackground: '#1b1f2930',
  scrollbarSliderHoverBackground: '#1b1f2950',
  scrollbarSliderActiveBackground: '#1b1f2970',
  black: '#1b1f29',
  red: '#a4211b',
  green: '#1f6a3a',
  yellow: '#80580a',
  blue: '#1d4fa3',
  magenta: '#85307f',
  cyan: '#0f6570',
  white: '#6a6d75',
  brightBlack: '#565a64',
  brightRed: '#c02a22',
  brightGreen: '#24793f',
  brightYellow: '#8f6206',
  brightBlue: '#2a60c0',
  brightMagenta: '#9a3a93',
  brightCyan: '#147684',
  brightWhite: '#1b1f29',
}

const dark: ITheme = {
  background: '#0d1016',
  foreground: '#e6e4dd',
  cursor: '#f0b64b',
  cursorAccent: '#0d1016',
  selectionBackground: '#5a4516',
  selectionInactiveBackground: '#7d5712',
  scrollbarSliderBackground: '#e6e4dd28',
  scrollbarSliderHoverBackground: '#e6e4dd48',
  scrollbarSliderActiveBackground: '#e6e4dd68',
  black: '#2a2f3a',
  red: '#f28b7d',
  green: '#8fd19e',
  yellow: '#e9b856',
  blue: '#8db4f5',
  magenta: '#d9a0d6',
  cyan: '#7fcbd3',
  white: '#d8d6cf',
  brightBlack: '#868c99',
  brightRed: '#ffab9f',
  brightGreen: '#abe6b8',
  brightYellow: '#ffd27d',
  brightBlue: '#b0ccff',
  brightMagenta: '#f0bdec',
  brightCyan: '#a1e4ea',
  brightWhite: '#faf8f2',
}

/** White on black, and bright colours only: xterm holds each against the ground (`contrastOf`). */
const contrast: ITheme = {
  background: '#000000',
  foreground: '#ffffff',
  cursor: '#ffd75f',
  cursorAccent: '#000000',
  selectionBackground: '#ffd75f',
  selectionForeground: '#000000',
  selectionInactiveBackground: '#b8973a',
  scrollbarSliderBackground: '#ffffff60',
  scrollbarSliderHoverBackground: '#ffffff90',
  scrollbarSliderActiveBackground: '#ffffffc0',
  black: '#9a9a9a',
  red: '#ff8f80',
  green: '#7fe08f',
  yellow: '#ffd75f',
  blue: '#9cc4ff',
  magenta: '#ffa6f5',
  cyan: '#7fe9f2',
  white: '#ffffff',
  brightBlack: '#b8b8b8',
  brightRed: '#ffb3a8',
  brightGreen: '#a6f0b2',
  brightYellow: '#ffe599',
  brightBlue: '#c2dbff',
  brightMagenta: '#ffc9f9',
  brightCyan: '#b0f4fa',
  brightWhite: '#ffffff',
}

const isNight = (colours: TerminalColours, pageIsDark: boolean): boolean =>
  colours === 'page' ? pageIsDark : colours !== 'light'

export const terminalTheme = (colours: TerminalColours, pageIsDark: boolean): ITheme =>
  colours === 'contrast' ? contrast : isNight(colours, pageIsDark) ? dark : light

/** What programs choose for themselves is held to this ratio as well: AA, and AAA where high contrast is wished. */
export const contrastOf = (colours: TerminalColours): number => (colours === 'contrast' ? 7 : 4.5)

/** Matches of a search, the current one stronger; the text on them stays readable. */
export const searchColours = (colours: TerminalColours, pageIsDark: boolean) =>
  isNight(colours, pageIsDark)
    ? {
        matchBackground: '#4a3a14',
        matchOverviewRuler: '#a8741a',
        activeMatchBackground: '#8a5f12',
        activeMatchColorOverviewRuler: '#f0b64b',
      }
    : {
        matchBackground: '#f6e3b4',
        matchOverviewRuler: '#d99a2b',
        activeMatchBackground: '#efb84e',
        activeMatchColorOverviewRuler: '#b8741a',
      }
