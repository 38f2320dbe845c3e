/**
 * The few keys that belong to the page and not to the shell. Everything else, Ctrl-W and Ctrl-R too as far as the browser lets us, goes to
 * the machine. Ctrl-Shift with a digit or an arrow is nothing that a shell is sent otherwise. Knows no React.
 */
export interface KeyActions {
  copy(): void
  search(): void
  open(): void
  /** To the shell at this place, 0 the first. */
  pick(place: number): void
  /** To the shell beside this one. */
  step(by: 1 | -1): void
}

/** True when the shell shall have the key. For `attachCustomKeyEventHandler`. */
export function keyFilter(actions: KeyActions): (event: KeyboardEvent) => boolean {
  return (event) => {
    if (!event.ctrlKey || !event.shiftKey || event.altKey || event.metaKey) return true
    // The browser turns it into a paste event, which xterm takes (bracketed where the program asks for it).
    if (event.code === 'KeyV') return false
    // The workbench hears them: the way out, and the terminal alone.
    if (event.key === 'F6' || event.key === 'F7') return false
    const action = actionOf(event.code, actions)
    if (!action) return true
    event.preventDefault()
    if (event.type === 'keydown') action()
    return false
  }
}

function actionOf(code: string, { copy, search, open, pick, step }: KeyActions): (() => void) | null {
  const [, digit] = /^Digit([1-8])$/.exec(code) ?? []
  if (digit) return () => pick(Number(digit) - 1)
  if (code === 'ArrowRight') return () => step(1)
  if (code === 'ArrowLeft') return () => step(-1)
  return { KeyC: copy, KeyF: search, Enter: open }[code] ?? null
}
