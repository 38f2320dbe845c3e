/** The app does not start half configured. */
import { expect, it } from 'vitest'
import { parseEnvironment } from './environment.ts'

const good = {
  DATABASE_URL: 'postgresql://localhost/ringside',
  RINGSIDE_SECRET: 's'.repeat(32),
  RINGSIDE_OWNER_TOKEN: 't'.repeat(16),
}

it('takes the address of the service without its trailing slash, or the usual one', () => {
  expect(parseEnvironment(good).RINGSIDE_SERVICE_URL).toBe('http://127.0.0.1:4701')
  const other = parseEnvironment({ ...good, RINGSIDE_SERVICE_URL: 'http://10.0.0.7:99/' })
  expect(other.RINGSIDE_SERVICE_URL).toBe('http://10.0.0.7:99')
})

it('names every variable that is missing or wrong, and repeats no secret', () => {
  const start = () => parseEnvironment({ DATABASE_URL: 'mysql://x', RINGSIDE_SECRET: 'hunter2' })
  expect(start).toThrow(/DATABASE_URL: must be a postgresql/)
  expect(start).toThrow(/RINGSIDE_SECRET: must be at least 32/)
  expect(start).toThrow(/RINGSIDE_OWNER_TOKEN: is missing/)
  expect(start).not.toThrow(/hunter2/)
})

it('speaks English unless it is told a language, by its tag', () => {
  expect(parseEnvironment(good).RINGSIDE_LANGUAGE).toBe('en')
  expect(parseEnvironment({ ...good, RINGSIDE_LANGUAGE: 'pt-BR' }).RINGSIDE_LANGUAGE).toBe('pt-BR')
  for (const RINGSIDE_LANGUAGE of ['deutsch!', '../de', 'PT-br'])
    expect(() => parseEnvironment({ ...good, RINGSIDE_LANGUAGE })).toThrow(
      /RINGSIDE_LANGUAGE: must be a language tag/,
    )
})

it('is for one person unless it is told that it is a classroom', () => {
  expect(parseEnvironment(good).RINGSIDE_MODE).toBe('personal')
  expect(parseEnvironment({ ...good, RINGSIDE_MODE: 'classroom' }).RINGSIDE_MODE).toBe('classroom')
  expect(() => parseEnvironment({ ...good, RINGSIDE_MODE: 'open' })).toThrow(
    /RINGSIDE_MODE: must be personal/,
  )
})

it('wants an identity provider whole or not at all, and safe', () => {
  const oidc = {
    RINGSIDE_OIDC_ISSUER: 'https://id.example.org',
    RINGSIDE_OIDC_CLIENT_ID: 'ringside',
    RINGSIDE_OIDC_CLIENT_SECRET: 'hunter2',
    RINGSIDE_OIDC_NAME: 'Example',
  }
  expect(parseEnvironment({ ...good, ...oidc })).toMatchObject(oidc)
  for (const name of Object.keys(oidc)) {
    const start = () => parseEnvironment({ ...good, ...oidc, [name]: '' })
    expect(start).toThrow(new RegExp(`${name}: is missing: an identity provider needs all four`))
    expect(start).not.toThrow(/hunter2/)
  }
  for (const RINGSIDE_OIDC_ISSUER of ['http://id.example.org', 'id.example.org', 'ftp://x']) {
    expect(() => parseEnvironment({ ...good, ...oidc, RINGSIDE_OIDC_ISSUER })).toThrow(
      /RINGSIDE_OIDC_ISSUER: must be the https/,
    )
  }
  const local = { ...good, ...oidc, RINGSIDE_OIDC_ISSUER: 'http://127.0.0.1:9000' }
  expect(parseEnvironment(local).RINGSIDE_OIDC_ISSUER).toBe('http://127.0.0.1:9000')
})
