/** Texts of what a chapter's page keeps of its reader. Part of every chapter's script, so nothing else stands here. */
import { texts } from '../language.ts'
import { pluralOf } from './plural.ts'

const days = pluralOf('day')

export const readingText = /* @__PURE__ */ texts('readingText', {
  ask: 'Did you know it?',
  askAgain: 'It is due again. Did you know it this time?',
  knew: 'I knew it',
  notYet: 'Not yet',
  again: (when: string) => `Asked again ${when}.`,
  learned: 'Learned: it has been known each time, and is not asked again.',
  forgot: 'I have forgotten it',
  /** @param count of days from today */
  inDays: (count: number) => (count <= 0 ? 'today' : count === 1 ? 'tomorrow' : `in ${days(count)}`),
  takeBack: 'Not read after all',
  reachedEnd: 'Read: you have reached the end',
} as const)
