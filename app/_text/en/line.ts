/** Texts of lines that are run on the learner's machine by a click. */
import { texts } from '../language.ts'

export const lineText = /* @__PURE__ */ texts('lineText', {
  run: 'Run on my machine',
  label: (line: string) => `Run on my machine: ${line}`,
  where: (machine: string) => `Types the line into the terminal of “${machine}”`,
  sent: {
    here: 'Typed into the terminal of this page.',
    other: 'Typed into the terminal of your other tab.',
    'full-screen': 'Nothing was typed: a program has the whole screen of your terminal. Leave it first.',
  },
} as const)
