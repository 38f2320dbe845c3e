/**
 * The shells of a machine that is not one's own: one at a time, live and as far back as it is kept. What is typed goes where the service lets it,
 * which is nowhere unless the machine's owner has agreed. Knows no learner and no cohort.
 */
'use client'
import { type ComponentProps, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { lookText as text } from '#/app/_text/en/people/look.ts'
import { terminalText } from '#/app/_text/en.ts'
import { useLater, useLaterOrNot } from '../control/useLater.ts'
import { copyText } from '../copy.ts'
import { keyFilter } from '../terminal/keys.ts'
import type { SessionState } from '../terminal/ports.ts'
import { SessionNote } from '../terminal/SessionNote.tsx'
import { frontOf, nameOf, shellsOf } from '../terminal/shells.ts'
import type { Tickets } from '../terminal/socket.ts'
import type { TerminalSettingsMenu } from '../terminal/TerminalSettingsMenu.tsx'
import type { OpenTerminal } from '../terminal/TerminalView.tsx'
import { useSettings } from '../terminal/useSettings.ts'
import type { GuestState } from './useGuest.ts'

const loadView = () => import('../terminal/TerminalView.tsx').then((part) => part.TerminalView)
const loadMenu = () =>
  import('../terminal/TerminalSettingsMenu.tsx').then((part) => part.TerminalSettingsMenu)

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
  // On its way while it is still being asked which shells there are.
  const TerminalView = useLater(loadView)
  const [client] = useState(() => `guest-${Math.random().toString(36).slice(2, 10)}`)

  const onState = useCallback((_key: string, state: SessionState) => setSession(state), [])
  const onOpen = useCallback((_key: string, terminal: OpenTerminal | null) => {
    open.current = terminal
    terminal?.terminal.attachCustomKeyEventHandler(
      keyFilter({
        copy: () => void copyText(terminal.terminal.getSelection()),
        search: () => {},
        open: () => {},
        pick: () => {},
        step: () => {},
      }),
    )
  }, [])
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
        {session ? <Settings settings={settings} onChange={settle} /> : <span className="size-8" />}
      </div>
      {front && TerminalView ? (
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
        <p className="terminal-empty text-muted">{terminals && !front ? text.none : text.connecting}</p>
      )}
    </section>
  )
}

/** After the shell: the script of its menu is as large as the rest of the page, and without it the shell is as good. */
function Settings(props: Pick<ComponentProps<typeof TerminalSettingsMenu>, 'settings' | 'onChange'>) {
  const { Part: Menu } = useLaterOrNot(loadMenu)
  return Menu ? (
    <Menu {...props} onNotice={ignore} onRename={null} onClose={null} />
  ) : (
    <span className="size-8" />
  )
}

const ignore = (): void => {}
