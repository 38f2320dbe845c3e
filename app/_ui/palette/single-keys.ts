/** Whether keys without Ctrl act on a page: on, unless switched off in this browser (WCAG 2.1.4: dictation types letters). */
const key = 'ringside:single-keys'

export function singleKeys(): boolean {
  try {
    return localStorage.getItem(key) !== 'off'
  } catch {
    return true
  }
}

export function setSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(key, on ? 'on' : 'off')
  } catch {
    // A browser that keeps nothing keeps the default.
  }
}
