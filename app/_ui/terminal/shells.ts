/**
 * The shells that a tab shows, and which of them is in front: worked out from the list that the service pushes. Pure.
 */

import type { TerminalInfo, TerminalsMessage } from '../../../sandbox/protocol/watch.ts'
import { terminalText } from '../../_text/en.ts'
import { shellKey } from './identity.ts'

export interface Shell extends TerminalInfo {
  key: string
  generation: number
}

export const nameOf = ({ name, terminal }: Shell): string => name ?? terminalText.label(terminal)

export const shellsOf = (pushed: TerminalsMessage | null): Shell[] =>
  pushed?.list.map((info) => ({
    ...info,
    generation: pushed.generation,
    key: shellKey(pushed.generation, info.terminal),
  })) ?? []

/** The one that was in front if it is still there; else its neighbour to the left, else the first. */
export function frontOf(shells: Shell[], active: string | null, before: Shell[] = shells): Shell | null {
  const there = shells.find(({ key }) => key === active)
  if (there) return there
  const at = before.findIndex(({ key }) => key === active)
  const left = before
    .slice(0, Math.max(0, at))
    .toReversed()
    .find(({ key }) => shells.some((one) => one.key === key))
  return shells.find(({ key }) => key === left?.key) ?? shells[0] ?? null
}

/** So many places to the right, round the corner. */
export function besideOf(shells: Shell[], active: string | null, step: number): Shell | null {
  const at = shells.findIndex(({ key }) => key === active)
  return shells.at((at + step + shells.length) % Math.max(1, shells.length)) ?? null
}
