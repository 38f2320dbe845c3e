/**
 * Ctrl-W deletes a word in every shell and closes the tab in every browser. A page cannot have the key, except in full screen, in browsers with
 * the Keyboard Lock API (Chromium's); there it goes to the shell. Escape is a key of the shell, too: held down, it leaves full screen.
 */
interface Lockable {
  keyboard?: { lock(codes: string[]): Promise<void>; unlock(): void }
}

/** What a browser keeps for itself and a shell would like to have. */
const lockedKeys = ['KeyW', 'KeyT', 'KeyN', 'Escape']

export const canLockKeys = (): boolean => 'keyboard' in navigator && document.fullscreenEnabled

/**
 * In full screen, or out of it. The whole page, since menus and dialogs hang on its body.
 * @returns false when the browser refuses it, or the keys, for which it was asked
 */
export async function toggleFullScreen(): Promise<boolean> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen()
    else {
      await document.documentElement.requestFullscreen()
      // Let go by the browser itself when full screen ends.
      await (navigator as Lockable).keyboard?.lock(lockedKeys)
    }
    return true
  } catch {
    return false
  }
}
