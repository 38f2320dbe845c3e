import { expect, test } from 'vitest'
import { stageIds } from '../../../labs/stages.ts'
import { homeOf } from './zones.ts'

test('a chapter stands at the stage that it names first, whatever a packet meets before', () => {
  expect(homeOf({ number: 1, stages: ['ring', 'wire', 'irq'] })).toBe('ring')
})

test('a chapter about the whole path opens the course or stands behind its end', () => {
  expect(homeOf({ number: 0, stages: stageIds })).toBe('wire')
  expect(homeOf({ number: 12, stages: stageIds })).toBe('behind')
})
