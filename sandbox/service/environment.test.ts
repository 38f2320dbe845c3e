/** The service's environment is read once, at boot, and what is wrong is named. */
import { expect, test } from 'vitest'
import { limitsOf, serviceEnvironment } from './environment.ts'
import { machinesThatFit } from './limits.ts'

const read = (env: Record<string, string> = {}) =>
  serviceEnvironment({
    NODE_ENV: 'test',
    RINGSIDE_HOME: '/home',
    RINGSIDE_SECRET: 'a secret for tests, thirty-two bytes long',
    RINGSIDE_ORIGIN: 'http://127.0.0.1:4700',
    ...env,
  })

test('without a word there are sane limits for each role', () => {
  const env = read()
  expect(limitsOf(env)).toEqual({
    owner: { lifetimeMinutes: 120, extendMinutes: 120, longestMinutes: 1440, machines: 20 },
    learner: { lifetimeMinutes: 120, extendMinutes: 120, longestMinutes: 480, machines: 5 },
  })
  expect(env.RINGSIDE_SUSPEND_MINUTES).toBe(10)
  expect(env.RINGSIDE_MACHINES).toBeGreaterThanOrEqual(1)
})

test('one number is for everybody, a named role has its own', () => {
  const env = read({ RINGSIDE_LIFETIME_MINUTES: '0.5', RINGSIDE_MACHINES_PER_PERSON: 'learner=2' })
  expect(limitsOf(env)).toMatchObject({
    owner: { lifetimeMinutes: 0.5, machines: 20 },
    learner: { lifetimeMinutes: 0.5, machines: 2 },
  })
  expect(read({ RINGSIDE_EXTEND_MINUTES: '30, owner=90' }).RINGSIDE_EXTEND_MINUTES).toEqual({
    owner: 90,
    learner: 30,
  })
})

test.each([
  ['RINGSIDE_LIFETIME_MINUTES', '0'],
  ['RINGSIDE_LIFETIME_MINUTES', 'teacher=60'],
  ['RINGSIDE_LIFETIME_MINUTES', '1.2.3'],
  ['RINGSIDE_EXTEND_MINUTES', 'soon'],
  ['RINGSIDE_LONGEST_MINUTES', '60'],
  ['RINGSIDE_MACHINES_PER_PERSON', '1.5'],
  ['RINGSIDE_MACHINES_PER_PERSON', 'learner=0'],
  ['RINGSIDE_MACHINES', '0'],
  ['RINGSIDE_SUSPEND_MINUTES', '-1'],
])('%s=%s is refused by its name', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(new RegExp(`${name}: .`))
})

test('as many machines fit as leave room for the rest', () => {
  expect(machinesThatFit(24 * 1024)).toBe(266)
  expect(machinesThatFit(4 * 1024)).toBe(32)
  expect(machinesThatFit(512)).toBe(1)
})
