/** What the search and the sheet of keys are given, and how any part of a page asks for them. */
export interface OverlayProps {
  onClose(): void
  onHelp(): void
}

/** Events of the window. */
export const searchWish = 'ringside:search'
export const helpWish = 'ringside:keys'
