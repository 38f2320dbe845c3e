/** Shells come and go; a tab always has one. */
import { expect, it } from 'vitest'
import { type Shells, withNewShell, withoutShell } from './identity.ts'

const one: Shells = withNewShell({ tab: 'abc', list: [], active: '', made: 0 })

it('a new shell is a new client and comes to the front', () => {
  const two = withNewShell(one)
  expect(two.list.map(({ client }) => client)).toEqual(['abc-1', 'abc-2'])
  expect(two.active).toBe('abc-2')
})

it('closing brings the neighbour to the front, and never reuses a name', () => {
  const three = withNewShell(withNewShell(one))
  const left = withoutShell(three, 'abc-3')
  expect(left.active).toBe('abc-2')
  expect(withNewShell(left).active).toBe('abc-4')
  expect(withoutShell(three, 'abc-1').active).toBe('abc-3')
})

it('closing the last one opens another', () => {
  expect(withoutShell(one, 'abc-1').list).toEqual([{ client: 'abc-2', terminal: null }])
})
