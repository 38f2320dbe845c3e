/**
 * A text to the clipboard. Over plain http, as in a room's own network, browsers have no Clipboard API; the old command works there, within a click
 * or a key. Knows no page.
 */

/** @returns whether it is there */
export async function copyText(text: string): Promise<boolean> {
  if (!navigator.clipboard) return copyByCommand(text)
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => copyByCommand(text),
  )
}

/** Copies what is selected, so the text has to be for a moment. The focus comes back to where it was. */
function copyByCommand(text: string): boolean {
  const focused = document.activeElement as HTMLElement | null
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.style.cssText = 'position: fixed; inset: 0 auto auto 0; opacity: 0'
  document.body.append(field)
  field.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
    focused?.focus()
  }
}
