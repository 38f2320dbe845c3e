/**
 * Which shells belong to this browser tab, over reloads. A duplicated tab inherits the memory of the first: a lock tells the two apart, and
 * the second starts with a shell of its own. Browser only; knows no terminal.
 */
import { z } from 'zod'

const shellSchema = z.object({ client: z.string(), terminal: z.number().nullable() })
const shellsSchema = z.object({
  tab: z.string(),
  list: z.array(shellSchema).min(1),
  active: z.string(),
  made: z.number(),
})
export type Shell = z.infer<typeof shellSchema>
export type Shells = z.infer<typeof shellsSchema>

/** A reload's old page lets go of its lock a moment after the new one asks. */
const lockPatienceMs = 500
const held = new Map<string, Promise<Shells>>()
const key = (attempt: string) => `ringside:shells:${attempt}`

export function claimShells(attempt: string): Promise<Shells> {
  const claim = held.get(attempt) ?? claim_(attempt)
  held.set(attempt, claim)
  return claim
}

export function saveShells(attempt: string, shells: Shells): void {
  held.set(attempt, Promise.resolve(shells))
  sessionStorage.setItem(key(attempt), JSON.stringify(shells))
}

export function withNewShell(shells: Shells): Shells {
  const made = shells.made + 1
  const client = `${shells.tab}-${made}`
  return { ...shells, made, active: client, list: [...shells.list, { client, terminal: null }] }
}

export function withoutShell(shells: Shells, client: string): Shells {
  const at = shells.list.findIndex((shell) => shell.client === client)
  const list = shells.list.filter((shell) => shell.client !== client)
  if (list.length === 0) return withNewShell({ ...shells, list })
  const active =
    shells.active === client ? (list[Math.max(0, at - 1)]?.client ?? shells.active) : shells.active
  return { ...shells, list, active }
}

async function claim_(attempt: string): Promise<Shells> {
  const stored = shellsSchema.safeParse(readJson(sessionStorage.getItem(key(attempt))))
  if (stored.success && (await holdLock(stored.data.tab))) return stored.data
  const tab = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
  await holdLock(tab)
  const shells = withNewShell({ tab, list: [], active: '', made: 0 })
  saveShells(attempt, shells)
  return shells
}

/** Holds until the page is gone. Without locks (plain http from another machine) a duplicate cannot be told; it shares the shell. */
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
