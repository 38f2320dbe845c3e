/** Wrong variables are named at once, all of them; right ones need no mention. */
import { expect, test } from 'vitest'
import { addressOf, appBuildOf, originsOf, readEnvironment, repository } from './environment.ts'

test('nothing needs to be set', () => {
  const env = readEnvironment({})
  expect(env).toMatchObject({ RINGSIDE_PORT: 4700, RINGSIDE_SERVICE_PORT: 4701, RINGSIDE_ACCEL: 'auto' })
  expect(env.RINGSIDE_HOME).toBe(`${repository}/.ringside`)
  expect(addressOf(env)).toBe('http://127.0.0.1:4700')
})

test('an empty variable is an unset one', () => {
  expect(readEnvironment({ DATABASE_URL: '', RINGSIDE_PORT: '' }).RINGSIDE_PORT).toBe(4700)
})

test('every wrong variable is named with what it should be', () => {
  const env = {
    RINGSIDE_PORT: 'web',
    RINGSIDE_ACCEL: 'xen',
    DATABASE_URL: 'mysql://x',
    RINGSIDE_ORIGIN: 'here',
  }
  const read = () => readEnvironment(env)
  for (const part of [
    /RINGSIDE_PORT=web: should be a port/,
    /RINGSIDE_ACCEL=xen: should be auto, tcg or kvm/,
    /DATABASE_URL=mysql:\/\/x: should be an address such as postgresql/,
    /RINGSIDE_ORIGIN=here: should be addresses such as https/,
  ])
    expect(read).toThrow(part)
})

test('app and service cannot share a port', () => {
  expect(() => readEnvironment({ RINGSIDE_PORT: '4701' })).toThrow(/RINGSIDE_SERVICE_PORT.*differ/)
})

test('other machines are let in only in classroom mode', () => {
  for (const RINGSIDE_HOST of ['0.0.0.0', '::', '192.0.2.7', 'course.example.org']) {
    expect(() => readEnvironment({ RINGSIDE_HOST })).toThrow(/RINGSIDE_HOST=.*set RINGSIDE_MODE=classroom/)
    expect(readEnvironment({ RINGSIDE_HOST, RINGSIDE_MODE: 'classroom' })).toMatchObject({ RINGSIDE_HOST })
  }
  for (const RINGSIDE_HOST of ['localhost', '::1', '127.0.0.9']) {
    expect(readEnvironment({ RINGSIDE_HOST })).toMatchObject({ RINGSIDE_MODE: 'personal' })
  }
})

test('browsers may come from every name of this machine, or only from the public address that was given', () => {
  expect(originsOf(readEnvironment({ RINGSIDE_HOST: '0.0.0.0', RINGSIDE_MODE: 'classroom' }))).toEqual([
    'http://127.0.0.1:4700',
    'http://localhost:4700',
  ])
  const behindProxy = readEnvironment({ RINGSIDE_ORIGIN: 'https://ring.example.org/' })
  expect(originsOf(behindProxy)).toEqual(['https://ring.example.org'])
  expect(addressOf(behindProxy)).toBe('https://ring.example.org')
})

test('a Ringside on another port has a build of its own, so that two from one checkout do not fight', () => {
  expect(appBuildOf(readEnvironment({}))).toBe('.next')
  expect(appBuildOf(readEnvironment({ RINGSIDE_SERVICE_PORT: '4711' }))).toBe('.next-4711')
  expect(appBuildOf(readEnvironment({ RINGSIDE_APP_BUILD: '.next-test' }))).toBe('.next-test')
  expect(() => readEnvironment({ RINGSIDE_APP_BUILD: '../elsewhere' })).toThrow(/begins with \.next/)
})
