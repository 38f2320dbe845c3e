/** Every text of the interface, in English. One part per place; a second language is a second folder of the same shape. */
export { chapterText } from './en/chapter.ts'
export { frameText } from './en/frame.ts'
export { catalogueText, homeText } from './en/home.ts'
export { labText, seconds } from './en/lab.ts'
export { pathText } from './en/path.ts'
export { problemText } from './en/problem.ts'
export { terminalText } from './en/terminal.ts'
export { clock, elapsed, verdictText } from './en/verdict.ts'
