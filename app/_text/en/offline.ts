/** Texts of a chapter, or the whole course, as one file to take along. */
import { locale, texts } from '../language.ts'
import { pluralOf } from './plural.ts'

const chapters = pluralOf('chapter')
const steps = pluralOf('step')

export const offlineText = /* @__PURE__ */ texts('offlineText', {
  chapter: 'This chapter as one file',
  course: 'The whole course as one file',
  what: 'to read without a network, or to print',
  chapterTitle: (number: number, title: string) => `Chapter ${number}: ${title}`,
  courseTitle: 'Ringside: the whole course',
  /** @param day as in 2026-11-27 */
  made: (day: string) =>
    `As the course was on ${new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day))}. This file asks for nothing from anywhere. Machines, instruments that can be pushed, and how far you are stay in Ringside.`,
  whole: 'Ringside',
  closed: (count: number) =>
    `${chapters(count)} ${count === 1 ? 'is' : 'are'} not open for you yet and ${count === 1 ? 'is' : 'are'} left out.`,
  contents: 'Contents',
  words: 'Words',
  still: (count: number, unit: string) =>
    `A picture of it after ${steps(count)} (a step is ${unit}), with its knobs as they stood:`,
  lab: 'A lab runs on a machine of your own, in Ringside:',
} as const)
