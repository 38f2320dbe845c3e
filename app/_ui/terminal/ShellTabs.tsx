/** The tabs of a machine's shells: which is in front, which have news or have ended; renamed in place. One picker where there is no room. */
'use client'
import { Menu } from '@base-ui/react/menu'
import { ChevronDown, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { terminalText as text } from '#/app/_text/en.ts'
import { longestTerminalName } from '#/sandbox/protocol/watch.ts'
import { ShapeNone, ShapePass } from '../control/Shape.tsx'
import { nameOf, type Shell } from './shells.ts'
import type { ShellsState } from './useShells.ts'

interface Props {
  state: ShellsState
  /** Which one is being renamed. */
  renaming: string | null
  onRename(key: string | null): void
  onSelect(shell: Shell): void
  onClose(shell: Shell): void
}

export function ShellTabs({ state, renaming, onRename, onSelect, onClose }: Props) {
  const { shells, front, news, rename } = state
  const list = useRef<HTMLUListElement>(null)
  // More of them than have room: the one in front is always seen, also when what stands beside them takes more of it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another shell in front is the very reason
  useEffect(() => {
    const tabs = list.current
    const selected = tabs?.querySelector('.selected')
    if (!tabs || !selected) return
    const show = () => selected.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    show()
    const observer = new ResizeObserver(show)
    observer.observe(tabs)
    observer.observe(selected)
    return () => observer.disconnect()
  }, [front?.key])
  return (
    <ul ref={list} aria-label={text.tabs} className="terminal-tabs">
      {shells.map((shell) => (
        <li key={shell.key} className={`terminal-tab ${shell.key === front?.key ? 'selected' : ''}`}>
          {renaming === shell.key ? (
            <NameField
              shell={shell}
              onDone={(name, back) => {
                onRename(null)
                if (name !== null) void rename(shell, name)
                if (back) onSelect(shell)
              }}
            />
          ) : (
            <button
              type="button"
              aria-current={shell.key === front?.key}
              title={text.renameHint}
              onClick={() => onSelect(shell)}
              onDoubleClick={() => onRename(shell.key)}
              onKeyDown={(event) => event.key === 'F2' && onRename(shell.key)}
            >
              <Mark shell={shell} hasNews={news.has(shell.key)} />
              <span className="terminal-name">{nameOf(shell)}</span>
            </button>
          )}
          <button
            type="button"
            aria-label={text.close(nameOf(shell))}
            title={text.close(nameOf(shell))}
            onClick={() => onClose(shell)}
          >
            <X aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  )
}

/** All shells in one menu, with the keys that lead to them. */
export function ShellPicker({ state, onSelect }: Pick<Props, 'state' | 'onSelect'>) {
  const { shells, front, news } = state
  const others = shells.some(({ key }) => key !== front?.key && news.has(key))
  return (
    <Menu.Root>
      <Menu.Trigger className="terminal-picker" aria-label={text.picker} title={text.picker}>
        <span className="terminal-name">{front ? nameOf(front) : text.none}</span>
        {others && <NewsMark />}
        <ChevronDown aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="start" sideOffset={4} className="z-40">
          <Menu.Popup className="menu">
            {shells.map((shell, index) => (
              <Menu.Item key={shell.key} className="menu-item" onClick={() => onSelect(shell)}>
                <span className="flex min-w-0 items-center gap-2">
                  <span className="grid w-3 place-items-center">
                    {shell.key === front?.key ? (
                      <ShapePass />
                    ) : (
                      <Mark shell={shell} hasNews={news.has(shell.key)} />
                    )}
                  </span>
                  <span className="terminal-name">{nameOf(shell)}</span>
                </span>
                <kbd>{text.pickKey(index + 1)}</kbd>
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function Mark({ shell, hasNews }: { shell: Shell; hasNews: boolean }) {
  if (shell.state === 'ended')
    return (
      <>
        <ShapeNone />
        <span className="sr-only">{text.ended}</span>
      </>
    )
  return hasNews ? <NewsMark /> : null
}

const NewsMark = () => (
  <>
    <span aria-hidden="true" className="terminal-news" />
    <span className="sr-only">{text.news}</span>
  </>
)

interface NameFieldProps {
  shell: Shell
  /** @param back whether the keys go back to the shell; who leaves the field otherwise has said where they go */
  onDone(name: string | null, back: boolean): void
}

/** Enter and leaving the field take the name, Escape does not. */
function NameField({ shell, onDone }: NameFieldProps) {
  const field = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(nameOf(shell))
  const done = useRef(false)
  const finish = (result: string | null, back: boolean) => {
    if (done.current) return
    done.current = true
    onDone(result !== null && result !== nameOf(shell) ? result : null, back)
  }
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  return (
    <input
      ref={field}
      aria-label={text.nameField(nameOf(shell))}
      className="terminal-rename"
      value={name}
      maxLength={longestTerminalName}
      size={Math.max(6, Math.min(24, name.length + 1))}
      onChange={({ target }) => setName(target.value)}
      onBlur={() => finish(name, false)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(name, true)
        if (event.key === 'Escape') finish(null, true)
      }}
    />
  )
}
