/**
 * Who this browser tab is to a machine's shells, over reloads: its name as a typist, the shell in front, and what had been typed and had not
 * arrived when the page was left. A duplicated tab inherits the memory of the first: a lock tells the two apart, and the second gets a name of
 * its own. Browser only; knows no terminal.
 */
import { z } from 'zod'
import { sessionKept } from '../kept.ts'
import { randomName } from '../random-name.ts'
import type { LeftBehind } from './ports.ts'

const tabSchema = z.object({
  tab: z.string().regex(/^[0-9a-f]{16}$/),
  /** Of the shell in front; null: whichever is first. */
  active: z.string().nullable(),
})
export type Tab = z.infer<typeof tabSchema>

/** A shell of one machine: resets begin to count anew. */
export const shellKey = (generation: number, terminal: number): string => `${generation}-${terminal}`

/** The typist's name, the same over reloads and reconnects. */
export const clientOf = ({ tab }: Tab, key: string): string => `${tab}-${key}`

/**
 * A reload's old page lets go of its lock a moment after the new one asks, which on a busy machine is a long one; given up too early, what had been typed
 * and had not arrived is lost. A duplicate, which is rare, waits as long for its shells.
 */
const lockPatienceMs = 2_000
const held = new Map<string, Promise<Tab>>()
const tabKey = (attempt: string) => `ringside:tab:${attempt}`
const keptKey = (attempt: string, client: string) => `ringside:kept:${attempt}:${client}`

export function claimTab(attempt: string): Promise<Tab> {
  const claim = held.get(attempt) ?? claim_(attempt)
  held.set(attempt, claim)
  return claim
}

export function saveTab(attempt: string, tab: Tab): void {
  held.set(attempt, Promise.resolve(tab))
  sessionKept.set(tabKey(attempt), JSON.stringify(tab))
}

/** For the page that comes after this one; where the browser has no room for it, it is lost with this one. */
export function saveKept(attempt: string, client: string, { base, bytes, epoch }: LeftBehind): void {
  const key = keptKey(attempt, client)
  sessionKept.remove(key)
  if (bytes.length === 0) return
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  sessionKept.set(key, JSON.stringify({ base, epoch, text: btoa(text) }))
}

const keptSchema = z.object({
  base: z.number().int().nonnegative(),
  epoch: z.number().int().nonnegative().nullable(),
  text: z.string(),
})

/** What the page before has left, once. */
export function takeKept(attempt: string, client: string): LeftBehind | null {
  const key = keptKey(attempt, client)
  const stored = keptSchema.safeParse(readJson(sessionKept.get(key)))
  sessionKept.remove(key)
  if (!stored.success) return null
  return {
    base: stored.data.base,
    epoch: stored.data.epoch,
    bytes: Uint8Array.from(atob(stored.data.text), (char) => char.charCodeAt(0)),
  }
}

async function claim_(attempt: string): Promise<Tab> {
  const stored = tabSchema.safeParse(readJson(sessionKept.get(tabKey(attempt))))
  if (stored.success && (await holdLock(stored.data.tab))) return stored.data
  const tab = randomName()
  await holdLock(tab)
  const fresh = { tab, active: null }
  saveTab(attempt, fresh)
  return fresh
}

/** Holds until the page is gone. Without locks (plain http from another machine) a duplicate cannot be told; it shares the name. */
function holdLock(tab: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true)
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(lockPatienceMs)
    const granted = () => {
      resolve(true)
      return new Promise<never>(() => {})
    }
    navigator.locks.request(`ringside:${tab}`, { signal }, granted).catch(() => resolve(false))
  })
}

function readJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
