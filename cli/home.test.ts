/** What is kept is kept whole, and what is secret is nobody else's. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openHome } from './home.ts'

function temporaryHome() {
  const path = mkdtempSync(join(tmpdir(), 'ringside-home-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

test('secrets stay the same from start to start and can be read by their owner only', () => {
  using folder = temporaryHome()
  const secrets = openHome(folder.path).secrets()
  expect(openHome(folder.path).secrets()).toEqual(secrets)
  expect(new Set(Object.values(secrets)).size).toBe(3)
  for (const secret of Object.values(secrets)) expect(secret.length).toBeGreaterThanOrEqual(32)
  expect(statSync(join(folder.path, 'secrets.json')).mode & 0o777).toBe(0o600)
})

test('a mark is there only after the step has finished, and no draft is left', () => {
  using folder = temporaryHome()
  const home = openHome(folder.path)
  expect(home.mark('image')).toBeNull()
  home.setMark('image', 'abc')
  expect(openHome(folder.path).mark('image')).toBe('abc')
  expect(readdirSync(join(folder.path, 'marks'))).toEqual(['image'])
})
