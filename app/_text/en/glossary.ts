/** Texts of the glossary. */
import { texts } from '../language.ts'

export const glossaryText = /* @__PURE__ */ texts('glossaryText', {
  title: 'The glossary',
  lead: 'The words of the course, each as the chapters explain it where it first comes up.',
  source: 'Checked against',
  chapter: (number: number, title: string) => `Chapter ${number}: ${title}`,
} as const)
