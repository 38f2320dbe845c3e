/**
 * The shells of a machine that is not one's own: one at a time, live and as far back as it is kept. What is typed goes where the service lets it,
 * which is nowhere unless the machine's owner has agreed. Knows no learner and no cohort.
 */
'use client'
import dynamic from 'next/dynamic'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { lookText as text } from '#/app/_text/en/people/look.ts'
import { terminalText } from '#/app/_text/en.ts'
import { keyFilter } from '../terminal/keys.ts'
import type { SessionState } from '../terminal/ports.ts'
import { SessionNote } from '../terminal/SessionNote.tsx'
import { nameOf } from '../terminal/ShellTabs.tsx'
import { frontOf, shellsOf } from '../terminal/shells.ts'
import type { Tickets } from '../terminal/socket.ts'
import { TerminalSettingsMenu } from '../terminal/TerminalSettingsMenu.tsx'
import type { OpenTerminal } from '../terminal/TerminalView.tsx'
import { useSettings } from '../terminal/useSettings.ts'
import type { GuestState } from './useGuest.ts'

const load = () => import('../terminal/TerminalView.tsx')
const TerminalView = dynamic(load, { ssr: false })

interface Props {
  label: string
  attempt: string
  tickets: Tickets
  guest: GuestState
}

export function GuestTerminal({ label, attempt, tickets, guest }: Props) {
  const { terminals } = guest
  const shells = shellsOf(terminals)
  const [active, setActive] = useState<string | null>(null)
  const front = frontOf(shells, active)
  const [settings, settle] = useSettings()
  const [session, setSession] = useState<SessionState | null>(null)
  const open = useRef<OpenTerminal | null>(null)
  const [client] = useState(() => `guest-${Math.random().toString(36).slice(2, 10)}`)

  const onState = useCallback((_key: string, state: SessionState) => setSession(state), [])
  const onOpen = useCallback((_key: string, terminal: OpenTerminal | null) => {
    open.current = terminal
    terminal?.terminal.attachCustomKeyEventHandler(
      keyFilter({
        copy: () => void navigator.clipboard?.writeText(terminal.terminal.getSelection()),
        search: () => {},
        open: () => {},
        pick: () => {},
        step: () => {},
      }),
    )
  }, [])
  // Which shells there are is still being asked.
  useEffect(() => void load(), [])
  const { connection, visits } = guest
  // What the service says on one channel spares the other its wait.
  useEffect(() => {
    if (connection === 'live' && open.current?.session.state.phase === 'waiting') open.current.session.open()
  }, [connection])
  // Before the page says that its keys are taken, so that none is lost.
  const mayType = visits?.help?.yours === true && visits.help.state === 'given'
  useLayoutEffect(() => {
    if (mayType) open.current?.session.renew()
  }, [mayType])

  return (
    <section aria-label={label} className="terminal" data-colours={settings.colours}>
      <div className="terminal-bar">
        <ul aria-label={terminalText.tabs} className="terminal-tabs">
          {shells.map((shell) => (
            <li key={shell.key} className={`terminal-tab ${shell.key === front?.key ? 'selected' : ''}`}>
              <button
                type="button"
                className="pr-4"
                aria-current={shell.key === front?.key}
                onClick={() => setActive(shell.key)}
              >
                <span className="terminal-name">{nameOf(shell)}</span>
              </button>
            </li>
          ))}
        </ul>
        <span className="ml-auto" />
        {session?.size && (
          <span className="terminal-size figures">
            {session.size.cols} × {session.size.rows}
          </span>
        )}
        <TerminalSettingsMenu settings={settings} onChange={settle} onRename={null} onClose={null} />
      </div>
      {front ? (
        <div className="terminal-stage">
          <TerminalView
            key={front.key}
            attempt={attempt}
            tickets={tickets}
            shell={front}
            client={client}
            settings={settings}
            visible
            onState={onState}
            onNews={ignore}
            onOpen={onOpen}
            onRefusedInput={ignore}
          />
          {session && session.phase !== 'closed' && (
            <SessionNote state={session} onRetry={() => open.current?.session.open()} onRenew={ignore} />
          )}
        </div>
      ) : (
        <p className="terminal-empty text-muted">{terminals ? text.none : text.connecting}</p>
      )}
    </section>
  )
}

const ignore = (): void => {}
