/**
 * The shells of one machine in one browser tab: the list as it is pushed, the one in front, which have news, and what one can do with them. Knows
 * no emulator and no layout.
 */
'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Problem } from '#/sandbox/protocol/status.ts'
import type { TerminalsMessage } from '#/sandbox/protocol/watch.ts'
import { api } from '../api.ts'
import { claimTab, saveTab, shellKey, type Tab } from './identity.ts'
import { frontOf, type Shell, shellsOf } from './shells.ts'

/** A shell that runs something is not ended before somebody has said so. */
export interface Closing {
  shell: Shell
  program: string
}

export function useShells(attempt: string, pushed: TerminalsMessage | null) {
  const [tab, setTab] = useState<Tab | null>(null)
  const [news, setNews] = useState<ReadonlySet<string>>(new Set())
  const [closing, setClosing] = useState<Closing | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [opening, setOpening] = useState(false)
  const before = useRef<Shell[]>([])
  /** Every shell that was ever in the list: one that is asked for may be told of before it is in there. */
  const seen = useRef(new Set<string>())

  const shells = shellsOf(pushed)
  const front = frontOf(shells, tab?.active ?? null, before.current)
  useEffect(() => {
    // The list as it was when the shell in front was still there: its neighbour is looked for in that.
    if (shells.length > 0) before.current = shells
    for (const { key } of shells) seen.current.add(key)
  })
  useEffect(() => void claimTab(attempt).then(setTab), [attempt])

  const select = useCallback(
    (key: string) => {
      setNews((known) => new Set([...known].filter((one) => one !== key)))
      setTab((known) => {
        if (!known) return known
        const next = { ...known, active: key }
        saveTab(attempt, next)
        return next
      })
    },
    [attempt],
  )
  const frontKey = front?.key ?? null
  useEffect(() => {
    if (frontKey === null || !tab || tab.active === frontKey) return
    if (tab.active === null || seen.current.has(tab.active)) select(frontKey)
  }, [frontKey, tab, select])

  async function end({ terminal }: Shell, force: boolean): Promise<string | null> {
    const result = await api.closeTerminal(attempt, terminal, force)
    // One that is gone already is what was wanted.
    if (!result.ok && result.problem.code !== 'no-terminal') setProblem(result.problem)
    return result.ok && !result.value.closed ? result.value.program : null
  }

  return {
    tab,
    shells,
    front,
    news,
    closing,
    problem,
    opening,
    select,
    dismiss: () => setProblem(null),
    onNews: useCallback((key: string) => {
      setNews((known) => (known.has(key) ? known : new Set([...known, key])))
    }, []),
    /** @param opened told which one it is: before or after the list tells of it */
    async open(size: { cols: number; rows: number }, opened: (key: string) => void): Promise<void> {
      setOpening(true)
      const result = await api.openTerminal(attempt, size)
      setOpening(false)
      if (!result.ok) return setProblem(result.problem)
      if (!pushed) return
      const key = shellKey(pushed.generation, result.value.terminal)
      opened(key)
      select(key)
    },
    /** Ends it, or asks first. */
    async close(shell: Shell): Promise<void> {
      const program = await end(shell, false)
      if (program !== null) setClosing({ shell, program })
    },
    async confirmClose(): Promise<void> {
      setClosing(null)
      if (closing) await end(closing.shell, true)
    },
    keep: () => setClosing(null),
    async rename({ terminal }: Shell, name: string): Promise<void> {
      const result = await api.renameTerminal(attempt, terminal, name)
      if (!result.ok) setProblem(result.problem)
    },
  }
}
export type ShellsState = ReturnType<typeof useShells>
