/** Texts of the course page, and of how far one is: read, stopped at, asked again. */
import { texts } from '../language.ts'
import { pluralOf } from './plural.ts'

const questions = pluralOf('question')

export const progressText = /* @__PURE__ */ texts('progressText', {
  title: 'The course',
  lead: 'Chapter by chapter, from the wire to the app. What you have read, passed and answered is kept with your name, so that you can go on from any device.',
  empty: 'The course has no chapters yet. Put a chapter into content/chapters and reload.',
  count: (read: number, chapters: number, passed: number, labs: number) =>
    `${read} of ${chapters} chapters read, ${passed} of ${labs} labs passed`,
  pocket: 'every command, with what its columns mean',
  glossary: 'every term, and what it means',
  certificate: 'when every chapter is read and every lab passed',
  resume: {
    title: 'Where you left off',
    titleNext: 'Next on the path',
    titleBegin: 'Where to begin',
    goOn: 'Go on reading',
    open: 'Open',
    at: (heading: string) => `at “${heading}”`,
    machine: (lab: string) => `Your machine for “${lab}” is running`,
    done: 'Every chapter is read and every lab is passed.',
    /** @param when null: nobody has said when more opens */
    waits: (begun: boolean, when: string | null) =>
      `${begun ? 'All that is open for you is done.' : 'Nothing is open for you yet.'} ${
        when ? `More opens on ${when}.` : 'Your instructor, or what you do next, opens more.'
      }`,
  },
  recall: {
    title: 'Asked again',
    due: (count: number) => `${questions(count)} due`,
    dueMark: 'due',
    dueHere: (count: number) => `${questions(count)} of this chapter ${count === 1 ? 'is' : 'are'} due again`,
    none: 'No question has been answered yet. They stand at the end of each chapter; an answer is asked for again after 1, 3, 7 and 21 days.',
    nothingDue: (next: string | null) =>
      next === null ? 'Nothing is due: all that you answered is learned.' : `Nothing is due. ${next}`,
    nextComes: (when: string) => `The next question comes ${when}.`,
    answered: (answered: number, all: number) => `${answered} of ${questions(all)} answered`,
  },
  chapter: {
    goOn: 'You stopped at',
    unread: 'not read yet',
    stopped: (heading: string) => `stopped at “${heading}”`,
    labs: 'Labs',
  },
} as const)
