/**
 * What is typed between the wish for the search and the moment its field has the focus: the script may be on its way, and the focus comes a frame after the
 * field. Those letters are meant for the field, not for the page. Knows no document.
 */
import type { Key } from './keys.ts'

/** null: nothing is on its way. */
let ahead: string | null = null

export const hold = (): void => {
  ahead ??= ''
}

export const isHeld = (): boolean => ahead !== null

/** Ends it. @returns what was typed */
export function release(): string {
  const typed = ahead ?? ''
  ahead = null
  return typed
}

/** @returns whether the key is taken, and thus nobody else's: letters, Backspace, and Enter, which would press what has the focus behind it */
export function take({ key, ctrl, meta, alt }: Pick<Key, 'key' | 'ctrl' | 'meta' | 'alt'>): boolean {
  // AltGr is Ctrl and Alt together, and types.
  if (ahead === null || meta || ctrl !== alt) return false
  if (key === 'Backspace') ahead = ahead.slice(0, -1)
  else if ([...key].length === 1) ahead += key
  else return key === 'Enter'
  return true
}
