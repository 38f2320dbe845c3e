/** Texts of a page that could not be rendered. */
import { texts } from '../language.ts'

export const failedText = /* @__PURE__ */ texts('failedText', {
  title: 'This page could not be shown',
  body: 'What you did before is stored, and a machine that runs goes on running.',
  remedy: 'Try again. If it stays so, look at the terminal that runs npm start.',
  again: 'Try again',
  reference: (digest: string) => `Reference in the log: ${digest}`,
} as const)
