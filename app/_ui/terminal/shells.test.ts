/** Which shell is in front, whoever opens and closes them. */
import { expect, it } from 'vitest'
import { besideOf, frontOf, shellsOf } from './shells.ts'

const pushed = (generation: number, ...terminals: number[]) =>
  shellsOf({
    type: 'terminals',
    generation,
    recordedDays: 7,
    list: terminals.map((terminal) => ({ terminal, name: null, state: 'open', status: null })),
  })

it('the shell in front stays there when others come and go', () => {
  expect(frontOf(pushed(0, 1, 2, 3), '0-2')?.terminal).toBe(2)
  expect(frontOf(pushed(0, 2, 4), '0-2', pushed(0, 1, 2, 3))?.terminal).toBe(2)
})

it('one that was closed gives its place to its neighbour', () => {
  expect(frontOf(pushed(0, 1, 3, 4), '0-2', pushed(0, 1, 2, 3, 4))?.terminal).toBe(1)
  expect(frontOf(pushed(0, 3, 4), '0-2', pushed(0, 1, 2, 3, 4))?.terminal).toBe(3)
  expect(frontOf(pushed(0), '0-2', pushed(0, 2))).toBeNull()
})

it('a reset leads to the first shell of the new machine', () => {
  expect(frontOf(pushed(1, 1), '0-2', pushed(0, 1, 2))?.key).toBe('1-1')
})

it('keys go round the corner', () => {
  const shells = pushed(0, 1, 2, 3)
  expect(besideOf(shells, '0-3', 1)?.terminal).toBe(1)
  expect(besideOf(shells, '0-1', -1)?.terminal).toBe(3)
  expect(besideOf([], null, 1)).toBeNull()
})
