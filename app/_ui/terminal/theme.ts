/** The sixteen colours, in daylight and at night, matched to the page. Every one is readable on its ground. */
import type { ITheme } from '@xterm/xterm'

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

export const terminalTheme = (isDark: boolean): ITheme => (isDark ? dark : light)

/** Matches of a search, the current one stronger; the text on them stays readable. */
export const searchColours = (isDark: boolean) =>
  isDark
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
