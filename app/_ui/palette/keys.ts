/**
 * Which key means what on every page. Pure: a state and a key in, a state and an action out. Knows no document; whether somebody is typing is
 * said by the caller, and then nothing here is a key.
 */
export type Action =
  | { do: 'search' }
  | { do: 'help' }
  | { do: 'go'; to: string }
  | { do: 'chapter'; by: 1 | -1 }
  | { do: 'terminal' }

export interface Key {
  key: string
  ctrl: boolean
  meta: boolean
  alt: boolean
  at: number
  /** In a field, in the terminal, in a menu or a dialog. */
  typing: boolean
  /** Held down. */
  repeat: boolean
}

/** When `g` was pressed; null: it was not. */
export type Waiting = number | null

const sequenceMs = 1_500

/** After `g`. */
export const places: Readonly<Record<string, string>> = {
  h: '/',
  c: '/course',
  l: '/labs',
  p: '/pocket',
  s: '/playground',
}

/** @param single false: only keys with Ctrl or Cmd, as somebody wished who speaks to their computer */
export function press(
  waiting: Waiting,
  key: Key,
  single: boolean,
): { waiting: Waiting; action: Action | null } {
  if (key.typing || key.repeat) return { waiting: null, action: null }
  if (isPaletteChord(key)) return { waiting: null, action: { do: 'search' } }
  // AltGr is Ctrl and Alt to a browser: `[` of many keyboards comes with both.
  const altGr = key.ctrl && key.alt
  if (!single || key.meta || ((key.ctrl || key.alt) && !altGr)) return { waiting: null, action: null }
  if (waiting !== null && key.at - waiting <= sequenceMs) return { waiting: null, action: second(key.key) }
  if (key.key === 'g') return { waiting: key.at, action: null }
  return { waiting: null, action: first[key.key] ?? null }
}

export const isPaletteChord = ({ key, ctrl, meta, alt }: Key): boolean =>
  key.toLowerCase() === 'k' && ctrl !== meta && !alt

const first: Record<string, Action> = {
  '/': { do: 'search' },
  '?': { do: 'help' },
  '[': { do: 'chapter', by: -1 },
  k: { do: 'chapter', by: -1 },
  ']': { do: 'chapter', by: 1 },
  j: { do: 'chapter', by: 1 },
}

function second(key: string): Action | null {
  if (key === 't') return { do: 'terminal' }
  const to = Object.hasOwn(places, key) ? places[key] : undefined
  return to === undefined ? null : { do: 'go', to }
}
