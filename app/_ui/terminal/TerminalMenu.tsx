/** The terminal's context menu: copy, paste and the like for those who use a mouse. Keys do the same (see the settings menu). */
'use client'
import { ContextMenu } from '@base-ui/react/context-menu'
import type { Terminal } from '@xterm/xterm'
import type { ReactNode } from 'react'
import { terminalText as text } from '#/app/_text/en.ts'
import { copyText } from '../copy.ts'

interface Props {
  terminal(): Terminal | undefined
  onNotice(notice: string): void
  children: ReactNode
}

export function TerminalMenu({ terminal, onNotice, children }: Props) {
  async function paste() {
    const clipboard = await navigator.clipboard?.readText().catch(() => undefined)
    if (clipboard === undefined) onNotice(text.pasteRefused)
    else terminal()?.paste(clipboard)
    terminal()?.focus()
  }
  async function copy() {
    if (!(await copyText(terminal()?.getSelection() ?? ''))) onNotice(text.copyRefused)
    terminal()?.focus()
  }
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger className="terminal-stage">{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Positioner className="z-40">
          <ContextMenu.Popup className="menu">
            <ContextMenu.Item className="menu-item" onClick={copy}>
              {text.copy}
              <kbd>Ctrl Shift C</kbd>
            </ContextMenu.Item>
            <ContextMenu.Item className="menu-item" onClick={paste}>
              {text.paste}
              <kbd>Ctrl Shift V</kbd>
            </ContextMenu.Item>
            <ContextMenu.Item className="menu-item" onClick={() => terminal()?.selectAll()}>
              {text.selectAll}
            </ContextMenu.Item>
            <ContextMenu.Item className="menu-item" onClick={() => terminal()?.clear()}>
              {text.clear}
            </ContextMenu.Item>
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}
