import { expect, test } from 'vitest'
import { diagnosisCriteria, judgeDiagnosis, type Truth } from './diagnosis.ts'
import type { Answers } from './schema.ts'

const answers: Answers = { stage: 'puma', counter: 'TcpExtListenDrops', value: 3, limit: 8, why: '' }
const truth: Truth = { stage: 'puma', counters: [], limit: 8 }

test('a stage is judged in words that are true where nobody is lost, too: some labs only make clients wait', () => {
  const right = judgeDiagnosis(answers, truth).stage
  const wrong = judgeDiagnosis({ ...answers, stage: 'accept-queue' }, truth).stage
  expect([right?.status, wrong?.status]).toEqual(['pass', 'fail'])
  for (const words of [right?.feedback, wrong?.feedback, ...diagnosisCriteria.map(({ title }) => title)])
    expect(words).not.toMatch(/\b(lost|loss)\b/)
})

test('a wrong stage is named, and the right one is not', () => {
  const { stage } = judgeDiagnosis({ ...answers, stage: 'accept-queue' }, truth)
  expect(stage?.feedback).toContain('Accept queue')
  expect(JSON.stringify(stage)).not.toContain('Puma')
})
