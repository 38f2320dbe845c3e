/**
 * xterm with what we want of it: UTF-8 widths, links, search, the graphics card where there is one. Makes it, fits it, takes it away.
 * Knows no session.
 */
import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { WebglAddon } from '@xterm/addon-webgl'
import { Terminal } from '@xterm/xterm'
import { isDark, onThemeChange } from '../frame/theme.ts'
import type { Size } from './ports.ts'
import type { TerminalSettings } from './settings.ts'
import { contrastOf, terminalTheme } from './theme.ts'

export interface Emulator {
  terminal: Terminal
  search: SearchAddon
  /** To the size of its element, or the one it is held at; nothing while it is hidden. */
  fit(): void
  /** Shows the terminal at the size that it has by another window; null: at that of this one. */
  hold(size: Size | null): void
  apply(settings: TerminalSettings): void
  dispose(): void
}

const fitDelayMs = 60

/** `onWindow` hears how much has room in the element, whatever is shown. */
export function createEmulator(
  element: HTMLElement,
  settings: TerminalSettings,
  onWindow: (size: Size) => void,
): Emulator {
  const face = getComputedStyle(element).getPropertyValue('--terminal-face')
  const terminal = new Terminal({
    allowProposedApi: true,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    fontFamily: `${face}, monospace`,
    lineHeight: 1.15,
    macOptionIsMeta: true,
    scrollback: 10_000,
    ...options(settings),
  })
  const fit = new FitAddon()
  const search = new SearchAddon()
  terminal.loadAddon(fit)
  terminal.loadAddon(search)
  terminal.loadAddon(new Unicode11Addon())
  terminal.loadAddon(new WebLinksAddon((_event, uri) => window.open(uri, '_blank', 'noopener,noreferrer')))
  terminal.unicode.activeVersion = '11'
  terminal.open(element)
  drawWithGraphicsCard(terminal)

  let held: Size | null = null
  let told: Size = { cols: terminal.cols, rows: terminal.rows }
  const fitNow = () => {
    if (element.offsetParent === null || element.clientHeight === 0) return
    const room = fit.proposeDimensions()
    if (!room || !Number.isFinite(room.cols + room.rows)) return
    const { cols, rows } = held ?? room
    if (cols !== terminal.cols || rows !== terminal.rows) terminal.resize(cols, rows)
    if (room.cols === told.cols && room.rows === told.rows) return
    told = { cols: room.cols, rows: room.rows }
    onWindow(told)
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const observer = new ResizeObserver(() => {
    clearTimeout(timer)
    timer = setTimeout(fitNow, fitDelayMs)
  })
  observer.observe(element)
  let observed = true
  let { colours } = settings
  const stopTheme = onThemeChange(() => {
    terminal.options.theme = terminalTheme(colours, isDark())
  })
  // A face that arrives late has other measures: naming it anew makes xterm measure again.
  const named = () => {
    if (!observed) return
    terminal.options.fontFamily = `${face}, ui-monospace, monospace`
    fitNow()
  }
  // Where it does not arrive, the next of the list is drawn already.
  document.fonts.load(`${settings.fontSize}px ${face}`).then(named, () => {})
  fitNow()
  return {
    terminal,
    search,
    fit: fitNow,
    hold(size) {
      held = size && size.cols === told.cols && size.rows === told.rows ? null : size
      fitNow()
    },
    apply(changed) {
      colours = changed.colours
      Object.assign(terminal.options, options(changed))
      fitNow()
    },
    dispose() {
      observed = false
      clearTimeout(timer)
      observer.disconnect()
      stopTheme()
      terminal.dispose()
    },
  }
}

const options = ({ fontSize, screenReader, colours }: TerminalSettings) => ({
  fontSize,
  screenReaderMode: screenReader,
  theme: terminalTheme(colours, isDark()),
  minimumContrastRatio: contrastOf(colours),
})

/** WebGL is faster; where it is missing or its context is lost, xterm draws with elements. */
function drawWithGraphicsCard(terminal: Terminal): void {
  try {
    const addon = new WebglAddon()
    addon.onContextLoss(() => addon.dispose())
    terminal.loadAddon(addon)
  } catch {
    // No WebGL in this browser: the DOM renderer is in place already.
  }
}
