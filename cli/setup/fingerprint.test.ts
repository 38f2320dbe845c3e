/** A step is done again when, and only when, something it depends on has changed. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fingerprint } from './fingerprint.ts'

function tree() {
  const root = mkdtempSync(join(tmpdir(), 'ringside-tree-'))
  const write = (path: string, text: string) => writeFileSync(join(root, path), text)
  mkdirSync(join(root, 'app/page'), { recursive: true })
  write('app/page/a.ts', 'a')
  write('app/b.test.ts', 'b')
  const print = (words: string[] = []) =>
    fingerprint({ root, paths: ['app', 'not-there'], words, skip: (path) => path.endsWith('.test.ts') })
  return { root, write, print, [Symbol.dispose]: () => rmSync(root, { recursive: true }) }
}

test('content, names and words count', () => {
  using folder = tree()
  const before = folder.print()
  expect(folder.print(['other address'])).not.toBe(before)
  folder.write('app/page/a.ts', 'changed')
  const changed = folder.print()
  expect(changed).not.toBe(before)
  renameSync(join(folder.root, 'app/page/a.ts'), join(folder.root, 'app/page/c.ts'))
  expect(folder.print()).not.toBe(changed)
})

test('times and what is skipped do not', () => {
  using folder = tree()
  const before = folder.print()
  folder.write('app/b.test.ts', 'changed')
  utimesSync(join(folder.root, 'app/page/a.ts'), 0, 0)
  expect(folder.print()).toBe(before)
})
