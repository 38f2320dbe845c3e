/** Two starts in one home never fight, and a start that was killed blocks nobody. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isRunning, processName, runningHolder, takeLock } from './lock.ts'

function lockPlace() {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-lock-'))
  return { path: join(folder, 'up.lock'), [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

const address = 'http://127.0.0.1:4700'

test('the second start learns who runs and at which address', () => {
  using place = lockPlace()
  const first = takeLock(place.path, address)
  expect(first).toHaveProperty('lock')
  const second = takeLock(place.path, 'http://elsewhere')
  expect(second).toMatchObject({ holder: { pid: process.pid, address } })
  expect(runningHolder(place.path)?.address).toBe(address)
})

test('a released lock is free', () => {
  using place = lockPlace()
  const first = takeLock(place.path, address)
  if ('lock' in first) first.lock.release()
  expect(runningHolder(place.path)).toBeNull()
  expect(takeLock(place.path, address)).toHaveProperty('lock')
})

test('a lock whose pid now belongs to another process is stale', () => {
  using place = lockPlace()
  const stale = { ...processName(process.pid), started: 'before the reboot/1', address, children: [] }
  writeFileSync(place.path, JSON.stringify(stale))
  expect(takeLock(place.path, address)).toMatchObject({ orphans: [] })
})

test('half-written rubbish is no holder', () => {
  using place = lockPlace()
  writeFileSync(place.path, '{"pid":')
  expect(takeLock(place.path, address)).toHaveProperty('lock')
})

test('what a killed start left running is handed to the next one', async () => {
  using place = lockPlace()
  const child = spawn('sleep', ['60'])
  try {
    const orphan = { name: 'app', ...processName(child.pid ?? 0) }
    const dead = {
      pid: 2 ** 22 + 1,
      started: 'gone/1',
      address,
      children: [orphan, { ...orphan, started: 'x' }],
    }
    writeFileSync(place.path, JSON.stringify(dead))
    expect(takeLock(place.path, address)).toMatchObject({ orphans: [{ name: 'app', pid: child.pid }] })
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }
  expect(isRunning(processName(child.pid ?? 0))).toBe(false)
})
