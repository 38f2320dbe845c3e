/** Children are kept alive, given up with their last words, and ended with everything they started. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isRunning, processName } from './lock.ts'
import { type ChildSpec, supervise } from './supervise.ts'

function shell(script: string) {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-supervise-'))
  const spec: ChildSpec = {
    name: 'app',
    command: ['/bin/sh', '-c', script],
    env: process.env,
    cwd: folder,
    log: join(folder, 'logs/app.log'),
  }
  return { spec, folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

const quick = { onRestart: () => {}, onStart: () => {}, backoffMs: 20 }

test('a child that dies is started again, and it is said', async () => {
  using child = shell('echo . >> starts; [ $(wc -l < starts) -ge 2 ] && sleep 60; exit 3')
  const said: string[] = []
  const running = supervise(child.spec, { ...quick, onRestart: (line) => said.push(line) })
  const starts = () => readFileSync(join(child.folder, 'starts'), 'utf8').length / 2
  await expect.poll(() => said.length && starts(), { timeout: 5000 }).toBe(2)
  expect(said[0]).toMatch(/app ended \(exit 3\); starting it again/)
  await running.stop()
})

test('three quick deaths are enough: it stops and shows the last words', async () => {
  using child = shell('echo "cannot find the moon" >&2; exit 1')
  const error = await supervise(child.spec, quick).failed
  expect(error.message).toMatch(/app ended 3 times in a row \(exit 1\)[\s\S]*cannot find the moon/)
  expect(error.remedy).toContain('logs/app.log')
})

test('a child that lived long enough starts with a clean sheet', async () => {
  using child = shell('echo . >> starts; sleep 0.1; exit 1')
  const running = supervise(child.spec, { ...quick, quickDeathMs: 10 })
  await expect
    .poll(() => readFileSync(join(child.folder, 'starts'), 'utf8').length / 2, { timeout: 5000 })
    .toBeGreaterThan(4)
  await running.stop()
})

test('stopping ends the children of the child too, and one that does not listen is forced', async () => {
  using child = shell("trap '' TERM; sleep 60 & echo $! > grandchild; while :; do sleep 1; done")
  const running = supervise(child.spec, quick)
  const grandchild = () => Number(readFileSync(join(child.folder, 'grandchild'), 'utf8'))
  await expect
    .poll(
      () => {
        try {
          return grandchild()
        } catch {
          return 0
        }
      },
      { timeout: 5000 },
    )
    .toBeGreaterThan(0)
  const name = processName(grandchild())
  expect(isRunning(name)).toBe(true)
  const began = performance.now()
  await running.stop(300)
  expect(performance.now() - began).toBeLessThan(2000)
  // Ended it is at once, and gone when its new parent has taken note.
  await expect.poll(() => isRunning(name)).toBe(false)
})
