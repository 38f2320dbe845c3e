/** Who guesses waits; a class behind the same address does not. */
import { expect, it } from 'vitest'
import { tries } from './tries.ts'

function atClock() {
  let at = 1_700_000_000_000
  return {
    door: tries(() => at),
    pass: (ms: number) => {
      at += ms
    },
  }
}
const address = '192.0.2.7'
/** From the address of the class, in a browser that nobody has signed in with yet. */
const from = (login: string, device: string | null = null) => ({ address, login, device })

it('five wrong passwords cost nothing; each one after that doubles the wait, up to a quarter of an hour', () => {
  const { door, pass } = atClock()
  const grace = from('grace')
  const waits: number[] = []
  for (let failure = 0; failure < 20; failure++) {
    const wait = door.wait(grace)
    waits.push(wait)
    pass(wait)
    expect(door.wait(grace)).toBe(0)
    door.failed(grace)
  }
  expect(waits.slice(0, 9)).toEqual([0, 0, 0, 0, 0, 1000, 2000, 4000, 8000])
  expect(Math.max(...waits)).toBe(15 * 60_000)
})

it('the wait is for one login at one address: nobody locks anybody else out', () => {
  const { door } = atClock()
  for (let failure = 0; failure < 50; failure++) door.failed(from('grace'))
  expect(door.wait(from(' GRACE '))).toBeGreaterThan(0)
  // Composed otherwise, and the same to the classroom.
  expect(door.wait(from('\uff47race'))).toBeGreaterThan(0)
  expect(door.wait(from('ada'))).toBe(0)
  expect(door.wait({ ...from('grace'), address: '192.0.2.8' })).toBe(0)
})

it('signing in rightly ends the wait, and an hour of quiet does', () => {
  const { door, pass } = atClock()
  const grace = from('grace')
  for (let failure = 0; failure < 9; failure++) door.failed(grace)
  door.succeeded(grace)
  expect(door.wait(grace)).toBe(0)
  for (let failure = 0; failure < 9; failure++) door.failed(grace)
  pass(61 * 60_000)
  door.failed(grace)
  expect(door.wait(grace)).toBe(0)
})

it('sixty people sign in and join from one address in ten seconds while somebody there guesses: nobody waits but the one who guesses', () => {
  const { door, pass } = atClock()
  let guesses = 0
  for (let person = 0; person < 60; person++) {
    for (let guess = 0; guess < 4; guess++) {
      const victim = from(`victim-${person % 3}`)
      if (door.wait(victim) === 0) {
        door.failed(victim)
        guesses += 1
      }
    }
    const learner = from(`learner-${person}`)
    expect(door.wait(learner)).toBe(0)
    door.succeeded(learner)
    pass(10_000 / 60)
  }
  expect(guesses).toBeLessThan(3 * 9)
})

it('one password tried with a thousand logins stops at the address; who came in with this browser before still may', () => {
  const { door, pass } = atClock()
  let tried = 0
  for (let login = 0; login < 1000; login++) {
    const spray = from(`login-${login}`)
    if (door.wait(spray) > 0) continue
    door.failed(spray)
    tried += 1
  }
  expect(tried).toBe(300)
  expect(door.wait(from('grace', 'her browser'))).toBe(0)
  expect(door.wait(from('ada'))).toBe(1000)
  expect(door.wait({ ...from('ada'), address: '192.0.2.8' })).toBe(0)
  pass(1000)
  expect(door.wait(from('ada'))).toBe(0)
})

it('who knows a login keeps nobody out of the browser that they came in with before; that browser has its own five tries', () => {
  const { door } = atClock()
  for (let guess = 0; guess < 30; guess++) door.failed(from('ada'))
  expect(door.wait(from('ada'))).toBe(15 * 60_000)
  const ada = from('ada', 'her browser')
  expect(door.wait(ada)).toBe(0)
  for (let guess = 0; guess < 6; guess++) door.failed(ada)
  expect(door.wait(ada)).toBe(2000)
  expect(door.wait(from('ada', 'another of hers'))).toBe(0)
})

it('wrong tries in a browser that is known take nothing from those who come from its address', () => {
  const { door } = atClock()
  for (let guess = 0; guess < 2000; guess++) door.failed(from('ada', 'her browser'))
  expect(door.wait(from('grace'))).toBe(0)
})

it('a flood of addresses and logins is forgotten from its oldest end', () => {
  const { door } = atClock()
  for (let number = 0; number < 9; number++) door.failed(from('grace'))
  for (let number = 0; number < 20_000; number++) door.failed({ ...from('x'), address: `a${number}` })
  expect(door.wait(from('grace'))).toBe(0)
})
