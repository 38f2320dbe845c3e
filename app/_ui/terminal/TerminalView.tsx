/**
 * One shell on the screen: ties an emulator to a session for as long as it is mounted. The session's logic is in session.ts, xterm's in
 * emulator.ts; this holds the two together and hands them to the panel around it.
 */
'use client'
import '@xterm/xterm/css/xterm.css'
import { useEffect, useRef } from 'react'
import { makeBell } from './bell.ts'
import { createEmulator, type Emulator } from './emulator.ts'
import { saveKept, takeKept } from './identity.ts'
import type { SessionState, Size } from './ports.ts'
import { isTerminalReply } from './replies.ts'
import { TerminalSession } from './session.ts'
import type { TerminalSettings } from './settings.ts'
import type { Shell } from './shells.ts'
import { ownTickets, type Tickets, terminalLink } from './socket.ts'

export interface OpenTerminal extends Emulator {
  session: TerminalSession
}

declare global {
  interface Window {
    /** Every terminal of this page by its client's name: for tests and for the console. */
    ringsideTerminals?: Map<string, Emulator['terminal']>
  }
}

interface TerminalViewProps {
  attempt: string
  /** Of a guest; when not given, the machine is one's own. */
  tickets?: Tickets
  shell: Shell
  client: string
  settings: TerminalSettings
  visible: boolean
  onState(key: string, state: SessionState, window: Size): void
  /** Something new was written to a shell that is not in front. */
  onNews(key: string): void
  onOpen(key: string, terminal: OpenTerminal | null): void
  onRefusedInput(): void
}

export function TerminalView(props: TerminalViewProps) {
  const { attempt, tickets, shell, client, settings, visible } = props
  const { key } = shell
  const element = useRef<HTMLDivElement>(null)
  const opened = useRef<OpenTerminal | null>(null)
  const latest = useRef(props)
  latest.current = props

  useEffect(() => {
    if (!element.current) return
    let session: TerminalSession | null = null
    let window_: Size | null = null
    const emulator = createEmulator(element.current, latest.current.settings, (size) => {
      window_ = size
      session?.resize(size.cols, size.rows)
    })
    const { terminal } = emulator
    window_ ??= { cols: terminal.cols, rows: terminal.rows }
    const { terminal: number, generation } = latest.current.shell
    session = new TerminalSession({
      connect: terminalLink(tickets ?? ownTickets(attempt)),
      screen: {
        write(bytes, done) {
          terminal.write(bytes, done)
          if (!latest.current.visible && !session?.replaying) latest.current.onNews(key)
        },
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
      terminal: number,
      generation,
      kept: tickets ? null : takeKept(attempt, client),
      size: window_,
      changed: (state) => {
        emulator.hold(state.size)
        latest.current.onState(key, state, window_ ?? { cols: terminal.cols, rows: terminal.rows })
      },
    })
    const current = session
    const ring = makeBell(element.current)
    // What is shown again after a reload rang when it was new.
    terminal.onBell(() => current.replaying || ring(latest.current.settings.bell))
    terminal.onData((data) => {
      // What the program asks of the terminal its owner's answers: twice would be typed.
      if (tickets && isTerminalReply(data)) return
      if (!current.type(data)) latest.current.onRefusedInput()
    })
    terminal.onBinary((data) => current.type(Uint8Array.from(data, (char) => char.charCodeAt(0))))
    const stopListening = listen(current, () => tickets || saveKept(attempt, client, current.kept))
    window.ringsideTerminals ??= new Map()
    window.ringsideTerminals.set(client, terminal)
    opened.current = { ...emulator, session: current }
    latest.current.onOpen(key, opened.current)
    current.open()
    return () => {
      stopListening()
      window.ringsideTerminals?.delete(client)
      opened.current = null
      latest.current.onOpen(key, null)
      current.stop()
      emulator.dispose()
    }
  }, [attempt, tickets, client, key])

  const lived = useRef(shell.state)
  useEffect(() => {
    // A shell that had ended lives again: the machine went back to a moment.
    const revived = lived.current === 'ended' && shell.state === 'open'
    lived.current = shell.state
    if (revived && opened.current?.session.state.phase === 'closed') opened.current.session.open()
  }, [shell.state])
  useEffect(() => opened.current?.apply(settings), [settings])
  useEffect(() => {
    if (visible) opened.current?.fit()
  }, [visible])

  return <div ref={element} className="terminal-screen" hidden={!visible} />
}

/** A laptop that wakes up, a network that is back, a page that is left. Returns how to stop. */
function listen(session: TerminalSession, onLeave: () => void): () => void {
  const awake = () => {
    if (document.visibilityState === 'hidden') return
    if (session.state.phase === 'waiting') session.open()
    else session.probe()
  }
  window.addEventListener('online', awake)
  window.addEventListener('pageshow', awake)
  document.addEventListener('visibilitychange', awake)
  window.addEventListener('pagehide', onLeave)
  return () => {
    window.removeEventListener('online', awake)
    window.removeEventListener('pageshow', awake)
    document.removeEventListener('visibilitychange', awake)
    window.removeEventListener('pagehide', onLeave)
  }
}
