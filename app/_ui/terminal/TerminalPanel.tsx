/**
 * All shells of one machine: their tabs, search, settings, and what to do when a shell cannot be reached. Which shells there are is
 * remembered per browser tab (identity.ts). Knows no lab.
 */
'use client'
import { Plus, Search, X } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useCallback, useEffect, useRef, useState } from 'react'
import { terminalText as text } from '#/app/_text/en.ts'
import { IconButton } from '../control/Button.tsx'
import { claimShells, type Shells, saveShells, withNewShell, withoutShell } from './identity.ts'
import { keyFilter } from './keys.ts'
import type { SessionState } from './ports.ts'
import { SearchBar } from './SearchBar.tsx'
import { SessionNote } from './SessionNote.tsx'
import { loadSettings, saveSettings, type TerminalSettings } from './settings.ts'
import { TerminalMenu } from './TerminalMenu.tsx'
import { TerminalSettingsMenu } from './TerminalSettingsMenu.tsx'
import type { OpenTerminal } from './TerminalView.tsx'

const TerminalView = dynamic(() => import('./TerminalView.tsx'), { ssr: false })

interface TerminalPanelProps {
  attempt: string
  /** Which machine is ready, null while none is: when it changes, every session goes to the new machine at once. */
  readyGeneration: number | null
  /** The service answers on another channel: no session needs to wait any longer. */
  reachable: boolean
}

export function TerminalPanel({ attempt, readyGeneration, reachable }: TerminalPanelProps) {
  const [shells, setShells] = useState<Shells | null>(null)
  const [states, setStates] = useState<Record<string, SessionState>>({})
  const [settings, setSettings] = useState<TerminalSettings>(loadSettings)
  const [searching, setSearching] = useState(false)
  const [notice, setNotice] = useState('')
  const open = useRef(new Map<string, OpenTerminal>())
  const wantsFocus = useRef(false)

  useEffect(() => void claimShells(attempt).then(setShells), [attempt])
  const change = useCallback(
    (make: (shells: Shells) => Shells) =>
      setShells((known) => {
        if (!known) return known
        const next = make(known)
        saveShells(attempt, next)
        return next
      }),
    [attempt],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: a machine that became ready is the very reason
  useEffect(() => reopen(open.current, ['waiting', 'connecting']), [readyGeneration])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a service that answers again is the very reason
  useEffect(() => reopen(open.current, ['waiting']), [reachable])
  useEffect(() => {
    if (notice === '') return
    const timer = setTimeout(() => setNotice(''), 6000)
    return () => clearTimeout(timer)
  }, [notice])

  const onState = useCallback(
    (client: string, state: SessionState) => {
      setStates((known) => ({ ...known, [client]: state }))
      change((known) => {
        const shell = known.list.find((candidate) => candidate.client === client)
        if (!shell || shell.terminal === state.terminal) return known
        const list = known.list.map((one) => (one === shell ? { ...one, terminal: state.terminal } : one))
        return { ...known, list }
      })
    },
    [change],
  )
  const onOpen = useCallback((client: string, terminal: OpenTerminal | null) => {
    if (!terminal) return void open.current.delete(client)
    open.current.set(client, terminal)
    const copy = () => void navigator.clipboard?.writeText(terminal.terminal.getSelection())
    terminal.terminal.attachCustomKeyEventHandler(keyFilter({ copy, search: () => setSearching(true) }))
    // After *Start lab* the button is gone and nothing has the focus; on a touch screen it would only raise the keyboard.
    const unfocused = document.activeElement === document.body && matchMedia('(pointer: fine)').matches
    if (wantsFocus.current || unfocused) terminal.terminal.focus()
    wantsFocus.current = false
  }, [])

  const active = shells?.active ?? ''
  const current = () => open.current.get(active)
  const state = states[active]
  const settle = (next: TerminalSettings) => {
    setSettings(next)
    saveSettings(next)
  }
  return (
    <section aria-label={text.region} className="terminal">
      <div className="terminal-bar">
        <ul aria-label={text.tabs} className="flex min-w-0 overflow-x-auto">
          {shells?.list.map(({ client }) => (
            <ShellTab
              key={client}
              number={shellNumber(client)}
              selected={client === active}
              onSelect={() => {
                change((known) => ({ ...known, active: client }))
                requestAnimationFrame(() => open.current.get(client)?.terminal.focus())
              }}
              onClose={() => change((known) => withoutShell(known, client))}
            />
          ))}
        </ul>
        <IconButton
          label={text.open}
          onClick={() => {
            wantsFocus.current = true
            change(withNewShell)
          }}
          disabled={!shells}
        >
          <Plus />
        </IconButton>
        <span className="ml-auto" />
        <IconButton label={text.search} aria-pressed={searching} onClick={() => setSearching(!searching)}>
          <Search />
        </IconButton>
        <TerminalSettingsMenu settings={settings} onChange={settle} />
      </div>
      {searching && (
        <SearchBar
          find={() => current()?.search}
          onClose={() => {
            current()?.search.clearDecorations()
            setSearching(false)
            current()?.terminal.focus()
          }}
        />
      )}
      <TerminalMenu terminal={() => current()?.terminal} onNotice={setNotice}>
        {shells?.list.map((shell) => (
          <TerminalView
            key={shell.client}
            attempt={attempt}
            shell={shell}
            settings={settings}
            visible={shell.client === active}
            onState={onState}
            onOpen={onOpen}
            onRefusedInput={() => states[shell.client]?.phase === 'live' && setNotice(text.pasteTooLarge)}
          />
        ))}
        {state && <SessionNote state={state} session={() => current()?.session} />}
        <p aria-live="polite" className={notice ? 'terminal-note' : 'sr-only'}>
          {notice}
        </p>
      </TerminalMenu>
    </section>
  )
}

function reopen(terminals: Map<string, OpenTerminal>, phases: SessionState['phase'][]): void {
  for (const { session } of terminals.values()) if (phases.includes(session.state.phase)) session.open()
}

const shellNumber = (client: string): number => Number(client.split('-').at(-1))

interface ShellTabProps {
  number: number
  selected: boolean
  onSelect(): void
  onClose(): void
}

function ShellTab({ number, selected, onSelect, onClose }: ShellTabProps) {
  return (
    <li className={`terminal-tab ${selected ? 'selected' : ''}`}>
      <button type="button" aria-current={selected} onClick={onSelect}>
        {text.label(number)}
      </button>
      <button type="button" aria-label={text.close(number)} title={text.close(number)} onClick={onClose}>
        <X aria-hidden="true" />
      </button>
    </li>
  )
}
