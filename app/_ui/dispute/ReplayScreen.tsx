/** The screen of a recording at a moment: an emulator that is given what was recorded up to it. Takes no key. Knows no clock. */
'use client'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { Terminal } from '@xterm/xterm'
import { useEffect, useRef, useState } from 'react'
import '@xterm/xterm/css/xterm.css'
import { disputeText } from '#/app/_text/en/people/dispute.ts'
import { isDark, onThemeChange } from '../frame/theme.ts'
import { contrastOf, terminalTheme } from '../terminal/theme.ts'
import { type Recorded, sizeOf, stepTo } from './recording.ts'

const text = disputeText.replay

interface Props {
  recorded: Recorded
  /** Since its beginning. */
  ms: number
  asText: boolean
}

export function ReplayScreen({ recorded, ms, asText }: Props) {
  const element = useRef<HTMLDivElement>(null)
  const terminal = useRef<Terminal | null>(null)
  /** How many events it has been given. */
  const shown = useRef(0)
  const [words, setWords] = useState('')

  useEffect(() => {
    if (!element.current) return
    const made = new Terminal({
      ...{ cols: recorded.cols, rows: recorded.rows, scrollback: 2_000, fontSize: 13, lineHeight: 1.15 },
      allowProposedApi: true,
      disableStdin: true,
      cursorBlink: false,
      fontFamily: `${getComputedStyle(element.current).getPropertyValue('--font-mono')}, ui-monospace, monospace`,
      theme: terminalTheme('page', isDark()),
      minimumContrastRatio: contrastOf('page'),
    })
    made.loadAddon(new Unicode11Addon())
    made.unicode.activeVersion = '11'
    made.open(element.current)
    terminal.current = made
    shown.current = 0
    const stopTheme = onThemeChange(() => {
      made.options.theme = terminalTheme('page', isDark())
    })
    return () => {
      stopTheme()
      made.dispose()
      terminal.current = null
    }
  }, [recorded])

  useEffect(() => {
    const made = terminal.current
    if (!made) return
    const { from, to } = stepTo(recorded, shown.current, ms)
    if (from === 0 && shown.current > 0) {
      made.reset()
      made.resize(recorded.cols, recorded.rows)
    }
    shown.current = to
    play(made, recorded, from, to, () => setWords(wordsOf(made)))
  }, [recorded, ms])

  return (
    <>
      <div ref={element} inert hidden={asText} className="replay-screen overflow-auto" />
      {/* biome-ignore lint/a11y/useSemanticElements: it groups no fields */}
      <pre
        tabIndex={asText ? 0 : undefined}
        role="group"
        aria-label={text.label}
        className={asText ? 'max-h-[30rem] overflow-auto font-mono text-[0.8125rem] leading-5' : 'sr-only'}
      >
        {words}
      </pre>
    </>
  )
}

/** Sizes change between outputs, so what lies between two of them is written at once. */
function play(terminal: Terminal, { events }: Recorded, from: number, to: number, done: () => void): void {
  let text = ''
  for (const [, code, data] of events.slice(from, to)) {
    if (code === 'o') text += data
    const size = code === 'r' ? sizeOf(data) : null
    if (!size) continue
    terminal.write(text, () => terminal.resize(size.cols, size.rows))
    text = ''
  }
  terminal.write(text, done)
}

/** What a person reads on it. */
function wordsOf({ buffer: { active }, rows }: Terminal): string {
  const lines = Array.from(
    { length: rows },
    (_, i) => active.getLine(active.viewportY + i)?.translateToString(true) ?? '',
  )
  return lines.join('\n').trimEnd()
}
