import { expect, test } from 'vitest'
import { Guests } from './guests.ts'

const [autumn, spring] = ['0197f7b0-0000-7000-8000-000000000001', '0197f7b0-0000-7000-8000-000000000002']
const grace = { person: 'grace', cohort: autumn }

function house() {
  const guests = new Guests()
  const away: string[] = []
  const come = (who: typeof grace, issuedAt = Date.now(), name = `${who.person} ${who.cohort.at(-1)}`) =>
    guests.enter(who, issuedAt, () => away.push(name))
  return { guests, away, come }
}

test('who was taken out of a cohort is sent away from all of its machines, and from none of another cohort', () => {
  const { guests, away, come } = house()
  for (const who of [grace, grace, { ...grace, cohort: spring }, { ...grace, person: 'ada' }]) come(who)
  guests.dismiss({ person: 'grace', cohort: autumn })
  expect(away).toEqual(['grace 1', 'grace 1'])
})

test('everybody of a cohort is sent away at once, and somebody from everywhere; who has left is not', () => {
  const { guests, away, come } = house()
  come({ ...grace, person: 'ada' })
  come({ ...grace, cohort: spring })
  come(grace)()
  guests.dismiss({ person: null, cohort: autumn })
  expect(away).toEqual(['ada 1'])
  guests.dismiss({ person: 'grace', cohort: null })
  expect(away).toEqual(['ada 1', 'grace 2'])
})

test('a ticket from before leads nowhere, and one from afterwards does', () => {
  const { guests, come } = house()
  const now = Date.now()
  guests.dismiss({ person: 'grace', cohort: autumn }, now)
  for (let other = 0; other < 3; other++)
    guests.dismiss({ person: `p${other}`, cohort: autumn }, now + 59_000)
  expect(() => come(grace, now - 500)).toThrow('over')
  come({ ...grace, person: 'ada' }, now - 500)
  come(grace, now + 1000)
})
