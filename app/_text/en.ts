/**
 * Every text of the interface, in English. One part per place; a second language is a second folder of the same shape, of which any part may be missing
 * (docs/translating.md). What passes through here comes with the first script of a page if any part of it uses it, so the instruments, which are
 * loaded later, take theirs from en/instruments. package.json beside this file says that no text does anything by itself: without that, all of them
 * would come with every page.
 */
export { certificateText } from './en/certificate.ts'
export { chapterText } from './en/chapter.ts'
export { notFoundText, signInText } from './en/dead-end.ts'
export { failedText } from './en/failed.ts'
export { frameText } from './en/frame.ts'
export { glossaryText } from './en/glossary.ts'
export { catalogueText, homeText } from './en/home.ts'
export { keysText } from './en/keys.ts'
export { labText, seconds } from './en/lab.ts'
export { lineText } from './en/line.ts'
export { mapText } from './en/map.ts'
export { momentsText } from './en/moments.ts'
export { offlineText } from './en/offline.ts'
export { paletteText } from './en/palette.ts'
export { pathText } from './en/path.ts'
export { pocketText } from './en/pocket.ts'
export { problemText } from './en/problem.ts'
export { progressText } from './en/progress.ts'
export { readingText } from './en/reading.ts'
export { terminalText } from './en/terminal.ts'
export { problemShown, troubleText } from './en/trouble.ts'
export { clock, elapsed, verdictText } from './en/verdict.ts'
