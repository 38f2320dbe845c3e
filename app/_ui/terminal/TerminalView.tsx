/**
 * One shell on the screen: ties an emulator to a session for as long as it is mounted. The session's logic is in session.ts, xterm's in
 * emulator.ts; this holds the two together and hands them to the panel around it.
 */
'use client'
import '@xterm/xterm/css/xterm.css'
import { useEffect, useRef } from 'react'
import { createEmulator, type Emulator } from './emulator.ts'
import type { Shell } from './identity.ts'
import type { SessionState } from './ports.ts'
import { TerminalSession } from './session.ts'
import type { TerminalSettings } from './settings.ts'
import { terminalLink } from './socket.ts'

export interface OpenTerminal extends Emulator {
  session: TerminalSession
}

declare global {
  interface Window {
    /** Every terminal of this page by its client's name: for tests and for the console. */
    ringsideTerminals?: Map<string, Emulator['terminal']>
  }
}

export interface TerminalViewProps {
  attempt: string
  shell: Shell
  settings: TerminalSettings
  visible: boolean
  onState(client: string, state: SessionState): void
  onOpen(client: string, terminal: OpenTerminal | null): void
  onRefusedInput(): void
}

export default function TerminalView(props: TerminalViewProps) {
  const { attempt, shell, settings, visible } = props
  const { client } = shell
  const element = useRef<HTMLDivElement>(null)
  const opened = useRef<OpenTerminal | null>(null)
  const latest = useRef(props)
  latest.current = props

  useEffect(() => {
    if (!element.current) return
    const emulator = createEmulator(element.current, latest.current.settings)
    const { terminal } = emulator
    const session = new TerminalSession({
      connect: terminalLink(attempt),
      screen: {
        write: (bytes, done) => terminal.write(bytes, done),
        // A full reset as output, so that it keeps its place among the bytes that are still to be drawn.
        clear: () => terminal.write('\u001bc'),
      },
      clock: {
        after(ms, call) {
          const timer = setTimeout(call, ms)
          return () => clearTimeout(timer)
        },
        jitter: Math.random,
      },
      client,
      terminal: latest.current.shell.terminal,
      size: { cols: terminal.cols, rows: terminal.rows },
      changed: (state) => latest.current.onState(client, state),
    })
    terminal.onData((data) => session.type(data) || latest.current.onRefusedInput())
    terminal.onBinary((data) => session.type(Uint8Array.from(data, (char) => char.charCodeAt(0))))
    terminal.onResize(({ cols, rows }) => session.resize(cols, rows))
    const retry = () => session.state.phase === 'waiting' && session.open()
    window.addEventListener('online', retry)
    window.ringsideTerminals ??= new Map()
    window.ringsideTerminals.set(client, terminal)
    opened.current = { ...emulator, session }
    latest.current.onOpen(client, opened.current)
    session.open()
    return () => {
      window.removeEventListener('online', retry)
      window.ringsideTerminals?.delete(client)
      opened.current = null
      latest.current.onOpen(client, null)
      session.stop()
      emulator.dispose()
    }
  }, [attempt, client])

  useEffect(() => opened.current?.apply(settings), [settings])
  useEffect(() => {
    if (visible) opened.current?.fit()
  }, [visible])

  return <div ref={element} className="terminal-screen" hidden={!visible} />
}
