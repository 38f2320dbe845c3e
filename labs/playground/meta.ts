/** What the playground is about, in the words that labs have for it. */
import type { LabMeta } from '../schema.ts'
import { playgroundId } from './id.ts'

export const playgroundMeta: LabMeta = {
  id: playgroundId,
  title: 'Playground',
  chapter: 'the-other-95-percent',
  stage: null,
  minutes: 60,
  difficulty: 'first steps',
  objectives: ['Break what you like, watch what moves, and take it back'],
}
