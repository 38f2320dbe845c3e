/** What a certificate is worth: one that was changed by a letter is none. */
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Certificate, issueCertificate, verifyCertificate } from './certificate.ts'

const secret = 'a secret of this house, 32 bytes and more'
const ada: Certificate = {
  version: 1,
  name: 'Ada Lovelace, née Byron',
  completedOn: '2026-11-27',
  chapters: 14,
  labs: ['accept-queue', 'silent-drop'],
  course: '0.1.0',
}

test('a certificate verifies, and says the same each time', () => {
  const token = issueCertificate(ada, secret)
  expect(verifyCertificate(token, secret)).toEqual(ada)
  expect(issueCertificate(ada, secret)).toBe(token)
  expect(token).toMatch(/^[\w.-]+$/)
})

test('another name, date or lab under the same signature does not verify', () => {
  const [, signed] = issueCertificate(ada, secret).split('.')
  for (const change of [{ name: 'Eve' }, { completedOn: '2020-01-01' }, { labs: ['accept-queue'] }]) {
    const told = Buffer.from(JSON.stringify({ ...ada, ...change })).toString('base64url')
    expect(verifyCertificate(`${told}.${signed}`, secret)).toBeNull()
  }
})

test('every letter counts', () => {
  const token = issueCertificate(ada, secret)
  for (let at = 0; at < token.length; at++) {
    const other = token[at] === 'A' ? 'B' : 'A'
    expect(verifyCertificate(token.slice(0, at) + other + token.slice(at + 1), secret), `at ${at}`).toBeNull()
  }
})

test.each(['', '.', 'a.b', `${'a'.repeat(9_000)}.${'b'.repeat(43)}`, 'e30.e30', '../../etc', '\0'])(
  'what is no certificate is none: %j',
  (token) => {
    expect(verifyCertificate(token, secret)).toBeNull()
  },
)

test('another house, and a signature by the secret itself, are worth nothing here', () => {
  expect(verifyCertificate(issueCertificate(ada, `${secret}!`), secret)).toBeNull()
  const told = Buffer.from(JSON.stringify(ada)).toString('base64url')
  const signed = createHmac('sha256', secret).update(told).digest('base64url')
  expect(verifyCertificate(`${told}.${signed}`, secret)).toBeNull()
})
