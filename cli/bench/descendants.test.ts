import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { descendants } from './descendants.ts'

test('finds what was started by what was started, and not this process itself', async () => {
  const child = spawn('sh', ['-c', 'sleep 30 & echo up; wait'], { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(child.stdout, 'data')
  const found = descendants(({ pid }) => pid === process.pid)
  expect(found.some(({ pid }) => pid === child.pid)).toBe(true)
  // Between fork and exec it still bears its parent's command.
  const sleeper = found.find(({ parent }) => parent === child.pid)
  expect(sleeper).toBeDefined()
  expect(found.some(({ pid }) => pid === process.pid)).toBe(false)
  process.kill(sleeper?.pid ?? 0)
  child.kill()
})
