/** Which PostgreSQL is taken, and when one is installed. The folder is real; the machine is one that installs nothing. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Host, thisHost } from './host.ts'
import { ensureOtherPostgres } from './other-postgres.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function withVersions(...majors: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-postgres-'))
  folders.push(folder)
  for (const major of majors) {
    mkdirSync(join(folder, major, 'bin'), { recursive: true })
    writeFileSync(join(folder, major, 'bin', 'postgres'), '')
  }
  return folder
}

const nobody = { ...thisHost(), root: false, exists: existsSync } satisfies Host

test('the newest of another version is taken', async () => {
  const folder = withVersions('9.6', '15', '17', '18')
  expect(await ensureOtherPostgres(nobody, '18', () => {}, folder)).toBe(join(folder, '17'))
})

test('the version that is embedded is no other one', async () => {
  expect(await ensureOtherPostgres(nobody, '18', () => {}, withVersions('18'))).toBeNull()
})

test('a folder without its programs is none', async () => {
  const folder = withVersions()
  mkdirSync(join(folder, '16', 'bin'), { recursive: true })
  expect(await ensureOtherPostgres(nobody, '18', () => {}, folder)).toBeNull()
})

test('where nothing may be installed there is none, and nothing is tried', async () => {
  const run = () => Promise.reject(new Error('nothing may be run'))
  const host = { ...nobody, run }
  expect(await ensureOtherPostgres(host, '18', () => {}, '/nonexistent')).toBeNull()
  expect(
    await ensureOtherPostgres({ ...host, root: true, debian: false }, '18', () => {}, '/nonexistent'),
  ).toBeNull()
})
