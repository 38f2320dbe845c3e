import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { type Action, may, rights, type Standing } from './rights.ts'
import type { Role } from './types.ts'

const standings = ['own', 'instructor', 'assistant', 'learner', 'none'] satisfies Standing[]
const actions = Object.keys(rights) as Action[]

/** The lines of the table in docs/rights.md: what each standing and each role in the house may do. */
async function documented() {
  const text = await readFile(new URL('../docs/rights.md', import.meta.url), 'utf8')
  const lines = text.split('\n').filter((line) => line.startsWith('| `'))
  return lines.map((line) => {
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    return {
      action: cells[0]?.replaceAll('`', ''),
      standing: standings.filter((_, column) => cells[column + 1] === 'yes'),
      house: (cells[6] ?? '').split(', ').filter((role) => role !== ''),
    }
  })
}

test('the table in docs/rights.md says what the code does, line by line', async () => {
  const table = actions.map((action) => ({ action, ...rights[action] }))
  expect(await documented()).toEqual(table)
})

test.each(actions)('%s is allowed by a standing or by a role in the house, and by nothing else', (action) => {
  for (const role of ['owner', 'instructor', 'learner'] satisfies Role[]) {
    for (const standing of standings) {
      const right: { standing: readonly Standing[]; house: readonly Role[] } = rights[action]
      const expected = right.standing.includes(standing) || right.house.includes(role)
      expect(may({ role }, action, standing)).toBe(expected)
    }
  }
})

test('an instructor of the house is nobody in a cohort that is not theirs', () => {
  const elsewhere = actions.filter((action) => may({ role: 'instructor' }, action, 'none'))
  expect(elsewhere).toEqual(['cohort.open'])
})

test('nobody reaches into the machine of somebody else, whatever they are', () => {
  for (const action of ['attempt.see', 'attempt.work'] as const) {
    for (const standing of standings.filter((one) => one !== 'own')) {
      expect(may({ role: 'owner' }, action, standing)).toBe(false)
    }
  }
})
