/** Texts of what hears the keys on every page and loads the search: part of every page's script, so nothing else stands here. */
import { texts } from '../language.ts'

export const keysText = /* @__PURE__ */ texts('keysText', {
  open: 'Search the course (Ctrl K)',
  failed: 'This part of the page could not be loaded. The rest goes on; try again when the network is back.',
  close: 'Close',
} as const)
