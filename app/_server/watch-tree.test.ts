import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { watchTree } from './watch-tree.ts'

/** A second, as vitest has it, a busy host may take for itself. */
const soon = (check: () => void): Promise<void> => vi.waitFor(check, 20_000)

const roots: string[] = []
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true })
})

function watched(...folders: string[]) {
  const root = mkdtempSync(join(tmpdir(), 'ringside-watch-'))
  roots.push(root)
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true })
  const told: string[] = []
  const stop = watchTree(root, (name) => told.push(name))
  return { told, stop, write: (path: string) => writeFileSync(join(root, path), 'x'), root }
}

test('what is saved at once is told, however deep', async () => {
  const it = watched('labs/one/wrong')
  it.write('labs/one/wrong/fix.sh')
  await soon(() => expect(it.told).toContain('fix.sh'))
  it.stop()
})

test('a folder that comes later is watched, also one that was removed and made again', async () => {
  const it = watched('labs')
  for (let round = 1; round <= 2; round++) {
    mkdirSync(join(it.root, 'labs/two'))
    await soon(() =>
      expect(it.told.filter((name) => name === 'two').length).toBeGreaterThanOrEqual(2 * round - 1),
    )
    it.write(`labs/two/ticket-${round}.md`)
    await soon(() => expect(it.told).toContain(`ticket-${round}.md`))
    rmSync(join(it.root, 'labs/two'), { recursive: true })
    await soon(() =>
      expect(it.told.filter((name) => name === 'two').length).toBeGreaterThanOrEqual(2 * round),
    )
  }
  it.stop()
})

test('nothing is told once it is stopped', async () => {
  const it = watched('labs')
  it.stop()
  it.write('labs/a.md')
  const other = watchTree(it.root, (name) => it.told.push(`other ${name}`))
  it.write('labs/b.md')
  await soon(() => expect(it.told).toContain('other b.md'))
  expect(it.told.filter((name) => !name.startsWith('other'))).toEqual([])
  other()
})
