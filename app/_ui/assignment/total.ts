/** What an assignment comes to, in words for its learner. */
import { workText as text } from '#/app/_text/en/people/work.ts'
import type { Total } from '#/classroom/assignments/total.ts'

export const totalWords = (total: Total): string =>
  total === 'undecided' ? text.undecided : text.total(total)
