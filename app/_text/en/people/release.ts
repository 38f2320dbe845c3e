/** Texts of what opens when: for learners on what is closed, for instructors on the page where it is set. */
import { texts } from '../../language.ts'

export const closedText = /* @__PURE__ */ texts('closedText', {
  chapter: 'This chapter is not open yet',
  lab: 'This lab is not open yet',
  until: (when: string, zone: string) => `It opens on ${when} (${zone}).`,
  missing: 'Before it, do this:',
  byHand: 'Your instructor opens it.',
  course: 'Go to the course',
  short: {
    until: (when: string) => `opens ${when}`,
    missing: (count: number) => (count === 1 ? 'one thing comes before' : `${count} things come before`),
    byHand: 'not open yet',
  },
} as const)

export const releaseText = /* @__PURE__ */ texts('releaseText', {
  title: 'What opens when',
  pacing: 'Pacing',
  kinds: {
    open: ['All at once', 'Everything is open from the beginning.'],
    dates: [
      'By dates and prerequisites',
      'Each chapter and lab opens at its date, once what it needs is done.',
    ],
    hand: ['By hand', 'Nothing is open until you open it here.'],
  },
  save: 'Save',
  dates: 'Dates and prerequisites',
  datesLead: (zone: string) =>
    `Dates are those of a clock in ${zone}. What has none is open. A lab of which nothing is said goes with its chapter.`,
  opens: (title: string) => `Opens (${title})`,
  opensWord: 'Opens',
  requires: (count: number) =>
    count === 0 ? 'Needs nothing' : count === 1 ? 'Needs 1 thing' : `Needs ${count} things`,
  requiresOf: (title: string) => `What “${title}” needs before`,
  hand: 'Open by hand',
  handLead: 'A lab of which nothing is said goes with its chapter.',
  isOpen: (when: string) => `open since ${when}`,
  goesWith: { open: 'open with its chapter', closed: 'closed with its chapter' },
  isClosed: 'closed',
  openIt: 'Open',
  closeIt: 'Close',
  openOf: (title: string) => `Open ${title}`,
  closeOf: (title: string) => `Close ${title}`,
  lab: 'Lab',
  staff: 'Instructors and assistants see everything, whatever is set here.',
} as const)
