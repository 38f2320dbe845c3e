/** Texts of the pocket. */
import { texts } from '../language.ts'

export const pocketText = /* @__PURE__ */ texts('pocketText', {
  title: 'The pocket',
  lead: 'Every command of the course, from the wire to the app, with what its columns mean. They only look: none changes anything.',
  where: 'The outputs are from servers of ours. On yours the figures differ, the columns do not.',
  machine: (title: string) => `Run on my machine types the line into the terminal of “${title}”.`,
  noMachine: 'No machine of yours is running. With one, each line runs there by a click.',
  start: 'Start the playground',
  contents: 'Stages',
  copy: (line: string) => `Copy: ${line}`,
  copied: 'Copied',
  copyFailed: 'Select and copy by hand',
  copyWord: 'Copy',
  output: 'Output',
  chapter: (number: number, title: string) => `Chapter ${number}: ${title}`,
} as const)
