/** Where the keys go when what had the focus is gone. Knows the document, no part of it. */

/** Which tab that is depends on the width. */
export const selectedTab = '.views [role=tab][aria-selected=true]'

/** Nothing has the focus, or what has it cannot be seen or used any more, so that the browser lets go of it with its next picture. */
export function focusIsLost(): boolean {
  const { activeElement: active } = document
  if (!active || active === document.body) return true
  return !active.checkVisibility({ visibilityProperty: true }) || active.matches(':disabled')
}

/** To the first of these that is drawn; nothing while something else has the focus. */
export function catchFocus(selector: string): void {
  if (focusIsLost()) focusFirst(document, selector)
}

/** What is hidden takes no focus. */
export function focusFirst(root: ParentNode, selector: string): void {
  const drawn = [...root.querySelectorAll<HTMLElement>(selector)].find((one) => one.checkVisibility())
  drawn?.focus()
}
