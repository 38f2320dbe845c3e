/**
 * What a terminal session is given and what it tells: its link, its screen, its clock, its state. Types only.
 */

import type { Problem } from '../../../sandbox/protocol/status.ts'
import type { FromBrowser, ToBrowser } from '../../../sandbox/protocol/terminal.ts'
import type { TerminalMode } from '../../../sandbox/protocol/tickets.ts'
import type { Frame } from './frame.ts'
import type { Kept } from './input.ts'

export interface Size {
  cols: number
  rows: number
}

export interface Link {
  say(message: FromBrowser): void
  send(frame: Frame): void
  close(): void
}
export interface LinkEvents {
  opened(): void
  heard(message: ToBrowser): void
  output(frame: Frame): void
  /** `code` as in closeCodes, or the network's own; a problem when one is known. Called once. */
  lost(code: number, problem?: Problem): void
}
export interface Screen {
  /** Bytes to the screen; `done` when they are on it. In order, also with `clear`. */
  write(bytes: Uint8Array, done: () => void): void
  clear(): void
}
export interface Clock {
  /** Calls later unless cancelled. */
  after(ms: number, call: () => void): () => void
  /** 0..1, spreads the reconnects of many browsers. */
  jitter(): number
}

/** closed: the shell ended. ended: the machine is gone. refused: trying again would not help. */
export type Phase = 'connecting' | 'live' | 'waiting' | 'closed' | 'ended' | 'refused'
export interface SessionState {
  phase: Phase
  terminal: number | null
  generation: number | null
  /** How often in a row the link was lost without coming back. */
  losses: number
  problem: Problem | null
  exitStatus: number | null
  /** Null until it is told. */
  mode: TerminalMode | null
  /** The terminal's, which another window may set; null until it is told. */
  size: Size | null
}
/** For the next page of the same client. `epoch`: the shell's, that it was typed for; null when that was never told. */
export interface LeftBehind extends Kept {
  epoch: number | null
}
export interface SessionOptions {
  connect(events: LinkEvents): Link
  screen: Screen
  clock: Clock
  client: string
  terminal: number | null
  generation?: number | null
  /** Of the window. */
  size: Size
  /** What this client had typed, and no shell had confirmed, when its page was left. */
  kept?: LeftBehind | null
  changed(state: SessionState): void
}
