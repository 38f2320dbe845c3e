import { expect, test } from 'vitest'
import { type Action, may } from './rights.ts'
import type { Person, Role } from './types.ts'

const person = (id: string, role: Role): Person => ({ id, role, name: id })
const actions: Action[] = ['attempt.see', 'attempt.work']

test.each(actions)('%s: everyone with their own, nobody with somebody else’s', (action) => {
  for (const role of ['owner', 'learner'] as const) {
    expect(may(person('ada', role), action, { personId: 'ada' })).toBe(true)
    expect(may(person('ada', role), action, { personId: 'grace' })).toBe(false)
  }
})
