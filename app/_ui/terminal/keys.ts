/**
 * The few keys that belong to the page and not to the shell. Everything else, Ctrl-W and Ctrl-R too as far as the browser lets us, goes to
 * the machine. Knows no React.
 */
export interface KeyActions {
  copy(): void
  search(): void
}

/** True when the shell shall have the key. For `attachCustomKeyEventHandler`. */
export function keyFilter(actions: KeyActions): (event: KeyboardEvent) => boolean {
  return (event) => {
    if (!event.ctrlKey || !event.shiftKey || event.altKey || event.metaKey) return true
    // The browser turns it into a paste event, which xterm takes (bracketed where the program asks for it).
    if (event.code === 'KeyV') return false
    if (event.key === 'F6') return false
    const action = { KeyC: actions.copy, KeyF: actions.search }[event.code]
    if (!action) return true
    event.preventDefault()
    if (event.type === 'keydown') action()
    return false
  }
}
