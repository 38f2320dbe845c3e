/**
 * All shells of one machine: their tabs, search, settings, and what to do when a shell cannot be reached. Which shells there are is pushed by the
 * service (useShells.ts), alike to every tab and browser. Knows no lab.
 */
'use client'
import { Plus, Search } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { lineText, terminalText as text } from '#/app/_text/en.ts'
import { mostTerminals, type TerminalsMessage } from '#/sandbox/protocol/watch.ts'
import { Ask } from '../control/Ask.tsx'
import { Button, IconButton } from '../control/Button.tsx'
import { copyText } from '../copy.ts'
import { useLines } from '../line/useLines.ts'
import { clientOf } from './identity.ts'
import { keyFilter } from './keys.ts'
import type { SessionState, Size } from './ports.ts'
import { RecordingNote } from './RecordingNote.tsx'
import { SearchBar } from './SearchBar.tsx'
import { SessionNote } from './SessionNote.tsx'
import { ShellPicker, ShellTabs } from './ShellTabs.tsx'
import { besideOf, nameOf, type Shell } from './shells.ts'
import { TerminalMenu } from './TerminalMenu.tsx'
import { TerminalSettingsMenu } from './TerminalSettingsMenu.tsx'
import { type OpenTerminal, TerminalView } from './TerminalView.tsx'
import { useSettings } from './useSettings.ts'
import { useShellFocus } from './useShellFocus.ts'
import { useShells } from './useShells.ts'

interface TerminalPanelProps {
  attempt: string
  /** The shells as the service tells; null before it has. */
  terminals: TerminalsMessage | null
  /** Which machine is ready, null while none is: when it changes, every session goes to the new machine at once. */
  readyGeneration: number | null
  /** The service answers on another channel: no session needs to wait any longer. */
  reachable: boolean
}

/** Of a shell's session, with the size that this window would give it. */
interface Seen {
  session: SessionState
  window: Size
}

const usualSize: Size = { cols: 100, rows: 30 }

export function TerminalPanel({ attempt, terminals, readyGeneration, reachable }: TerminalPanelProps) {
  const state = useShells(attempt, terminals)
  const { tab, shells, front, closing, problem } = state
  const [seen, setSeen] = useState<Record<string, Seen>>({})
  const [settings, settle] = useSettings()
  const [searching, setSearching] = useState(false)
  const [renaming, setRenaming] = useState<string | null>(null)
  const [notice, setNotice] = useState('')
  const open = useRef(new Map<string, OpenTerminal>())
  const renewButton = useRef<HTMLButtonElement>(null)
  const focus = useShellFocus({ shells, front, terminals: open, renewButton })

  // biome-ignore lint/correctness/useExhaustiveDependencies: a machine that became ready is the very reason
  useEffect(() => reopen(open.current, ['waiting', 'connecting']), [readyGeneration])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a service that answers again is the very reason
  useEffect(() => reopen(open.current, ['waiting']), [reachable])
  useEffect(() => {
    if (notice === '') return
    const timer = setTimeout(() => setNotice(''), 6000)
    return () => clearTimeout(timer)
  }, [notice])

  const current = () => open.current.get(front?.key ?? '')
  const show = (shell: Shell | null) => {
    if (!shell) return
    focus.want(null)
    state.select(shell.key)
    requestAnimationFrame(() => {
      // The second click of two has begun to rename it.
      if (document.activeElement?.matches('.terminal-rename')) return
      open.current.get(shell.key)?.terminal.focus()
    })
  }
  const renew = () => {
    void state.open(seen[front?.key ?? '']?.window ?? usualSize, focus.want)
  }
  const close = (shell: Shell) => {
    focus.end(shell.key)
    void state.close(shell)
  }
  const closeSearch = () => {
    current()?.search.clearDecorations()
    setSearching(false)
    current()?.terminal.focus()
  }
  // The handlers of an emulator are set once; what they do is that of the latest drawing.
  const actions = useRef({ renew, show, shells, front })
  actions.current = { renew, show, shells, front }

  const onState = useCallback((key: string, session: SessionState, window: Size) => {
    setSeen((known) => ({ ...known, [key]: { session, window } }))
  }, [])
  const onOpen = useCallback((key: string, terminal: OpenTerminal | null) => {
    if (!terminal) return void open.current.delete(key)
    open.current.set(key, terminal)
    terminal.terminal.attachCustomKeyEventHandler(
      keyFilter({
        copy: () =>
          void copyText(terminal.terminal.getSelection()).then((done) => done || setNotice(text.copyRefused)),
        search: () => setSearching(true),
        open: () => actions.current.renew(),
        pick: (place) => actions.current.show(actions.current.shells[place] ?? null),
        step: (by) => actions.current.show(besideOf(actions.current.shells, key, by)),
      }),
    )
    if (key !== actions.current.front?.key) return
    // After *Start lab* the button is gone and nothing has the focus; on a touch screen it would only raise the keyboard.
    const unfocused = document.activeElement === document.body && matchMedia('(pointer: fine)').matches
    if (unfocused) terminal.terminal.focus()
  }, [])
  const now = seen[front?.key ?? '']
  useLines(attempt, now?.session.phase === 'live' && now.session.mode !== 'look', (data) => {
    const shell = current()
    if (shell?.session.state.phase !== 'live') return 'no'
    // Each letter is a command there.
    if (shell.terminal.buffer.active.type === 'alternate') {
      setNotice(lineText.sent['full-screen'])
      return 'full-screen'
    }
    return shell.session.type(data) ? 'typed' : 'no'
  })
  return (
    <section aria-label={text.region} className="terminal" data-colours={settings.colours}>
      <div className="terminal-bar">
        <ShellPicker state={state} onSelect={show} />
        <ShellTabs state={state} renaming={renaming} onRename={setRenaming} onSelect={show} onClose={close} />
        <IconButton
          label={shells.length < mostTerminals ? text.open : text.full(mostTerminals)}
          onClick={renew}
          disabled={!terminals || state.opening || openOf(shells) >= mostTerminals}
        >
          <Plus />
        </IconButton>
        <span className="ml-auto" />
        {now && <OtherSize {...now} />}
        {terminals && terminals.recordedDays > 0 && (
          <RecordingNote attempt={attempt} days={terminals.recordedDays} />
        )}
        <IconButton
          label={text.search}
          aria-pressed={searching}
          onClick={searching ? closeSearch : () => setSearching(true)}
        >
          <Search />
        </IconButton>
        <TerminalSettingsMenu
          settings={settings}
          onChange={settle}
          onNotice={setNotice}
          onRename={front ? () => setRenaming(front.key) : null}
          onClose={front ? () => close(front) : null}
        />
      </div>
      {searching && (
        <SearchBar find={() => current()?.search} colours={settings.colours} onClose={closeSearch} />
      )}
      <TerminalMenu terminal={() => current()?.terminal} onNotice={setNotice}>
        {tab &&
          shells.map((shell) => (
            <TerminalView
              key={shell.key}
              attempt={attempt}
              shell={shell}
              client={clientOf(tab, shell.key)}
              settings={settings}
              visible={shell.key === front?.key}
              onState={onState}
              onNews={state.onNews}
              onOpen={onOpen}
              onRefusedInput={() =>
                seen[shell.key]?.session.phase === 'live' && setNotice(text.pasteTooLarge)
              }
            />
          ))}
        {terminals && shells.length === 0 && (
          <div className="terminal-empty">
            <p className="text-muted">{text.noneOpen}</p>
            <Button ref={renewButton} look="primary" busy={state.opening} onClick={renew}>
              {text.renew}
            </Button>
          </div>
        )}
        {problem ? (
          <div role="alert" className="terminal-note">
            <p>
              {problem.message} <span className="text-muted">{problem.remedy}</span>
            </p>
            <Button onClick={state.dismiss}>{text.dismiss}</Button>
          </div>
        ) : (
          now && <SessionNote state={now.session} onRetry={() => current()?.session.open()} onRenew={renew} />
        )}
        <p aria-live="polite" className={notice ? 'terminal-note' : 'sr-only'}>
          {notice}
        </p>
      </TerminalMenu>
      <Ask
        open={closing !== null}
        title={text.closing.title(closing ? nameOf(closing.shell) : '')}
        body={text.closing.body(closing?.program ?? '')}
        yes={text.closing.yes}
        no={text.closing.no}
        onYes={() => void state.confirmClose()}
        onNo={() => {
          focus.end(null)
          state.keep()
        }}
      />
    </section>
  )
}

const openOf = (shells: Shell[]): number => shells.filter(({ state }) => state === 'open').length

/** The terminal is as large as another window's: said, because it may be cut off here. */
function OtherSize({ session: { size, phase }, window }: Seen) {
  if (phase !== 'live' || !size || (size.cols === window.cols && size.rows === window.rows)) return null
  return (
    <span className="terminal-size figures" title={text.otherSizeHint}>
      {text.otherSize(size.cols, size.rows)}
    </span>
  )
}

function reopen(terminals: Map<string, OpenTerminal>, phases: SessionState['phase'][]): void {
  for (const { session } of terminals.values()) if (phases.includes(session.state.phase)) session.open()
}
