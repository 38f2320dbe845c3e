import { expect, test } from 'vitest'
import { elapsed, verdictText } from './verdict.ts'

test('time since a start is minutes and seconds, with hours only where there are any', () => {
  expect([0, 5, 65, 600, 3599, 3600, 7325].map(elapsed)).toEqual([
    ...['0:00', '0:05', '1:05', '10:00', '59:59', '1:00:00', '2:02:05'],
  ])
})

test('a list that was cut says that it is the end of a longer one', () => {
  const { commands } = verdictText.work
  expect([commands(0, false), commands(1, false), commands(200, true)]).toEqual([
    ...['0 commands', '1 command', 'the last 200 commands'],
  ])
})
