/** A moment's memory: packed pages, and the changes of one process put into another. Each program prints what went wrong. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const minute = 60_000
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ringside-memory-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('every page comes back as it was, and rubbish is refused without harm', {
  timeout: 2 * minute,
}, async () => {
  expect(await said('pack', ['pack.c'])).toBe('')
})

test('what a process changed of its file is copied, and becomes the memory of another one', {
  timeout: 2 * minute,
}, async () => {
  expect(await said('memory', ['pack.c', 'memory.c'])).toBe('')
})

async function said(name: string, parts: string[]): Promise<string> {
  const program = path.join(folder, name)
  const sources = [
    path.join(import.meta.dirname, `${name}.c`),
    ...parts.map((part) => path.join(import.meta.dirname, '../world', part)),
  ]
  const strict = ['-std=c17', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Werror', '-O1', '-g']
  await run('cc', [...strict, '-fsanitize=address,undefined', ...sources, '-o', program])
  const env = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' }
  const { stdout } = await run(program, [path.join(folder, 'ram')], { env })
  return stdout
}
