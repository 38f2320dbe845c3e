/** An author’s first minute: what is made, that it is a lab and a chapter already, and that nothing is ever overwritten. */
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkChapters } from '../content/check.ts'
import { readChapterFiles } from '../content/files.ts'
import { readLabs } from '../labs/catalog.ts'
import { repository } from './environment.ts'
import { scaffoldChapter, scaffoldLab } from './scaffold.ts'
import { unwritten, unwrittenIn } from './unwritten.ts'

/** A checkout with the parts that labs share, and no lab. */
async function checkout() {
  const root = await mkdtemp(join(tmpdir(), 'ringside-scaffold-'))
  const labs = join(root, 'labs')
  await mkdir(labs)
  await symlink(join(repository, 'grader'), join(root, 'grader'))
  for (const name of await readdir(join(repository, 'labs')))
    if (name.endsWith('.ts') || ['shop', 'reading', 'playground'].includes(name))
      await symlink(join(repository, 'labs', name), join(labs, name))
  return { root, labs, [Symbol.asyncDispose]: () => rm(root, { recursive: true }) }
}

test('a new lab is one that loads: what is missing is what its author has to write', async () => {
  await using there = await checkout()
  const files = await scaffoldLab('slow-disk', there.labs)
  expect(files).toContain('slow-disk/lab.ts')
  expect(files).toContain('slow-disk/wrong/neighbour.sh')
  const { labs, problems } = await readLabs(there.labs)
  expect(problems).toEqual([])
  expect(labs.map(({ lab }) => lab.meta.id)).toEqual(['slow-disk'])
  const left = await unwrittenIn(join(there.labs, 'slow-disk'))
  expect(new Set(left.map(({ file }) => file)).size).toBeGreaterThan(10)
  expect(await readFile(join(there.labs, 'slow-disk', 'notes.md'), 'utf8')).toContain('# slow-disk: notes')
})

test('a lab that is there is left alone, an empty folder too', async () => {
  await using there = await checkout()
  await scaffoldLab('slow-disk', there.labs)
  const ticket = join(there.labs, 'slow-disk', 'ticket.md')
  await writeFile(ticket, 'mine')
  await expect(scaffoldLab('slow-disk', there.labs)).rejects.toThrow(
    'There is a folder labs/slow-disk already.',
  )
  expect(await readFile(ticket, 'utf8')).toBe('mine')
  await mkdir(join(there.labs, 'empty'))
  await expect(scaffoldLab('empty', there.labs)).rejects.toThrow('already')
  expect((await readdir(there.labs)).filter((name) => name.startsWith('.'))).toEqual([])
})

test.each(['../evil', 'Slow', '', 'a/b', '-x', 'x'.repeat(41), 'x..y'])('%j is no name', async (name) => {
  await using there = await checkout()
  await expect(scaffoldLab(name, there.labs)).rejects.toThrow('cannot be')
  await expect(scaffoldChapter(name, there.labs)).rejects.toThrow('cannot be')
})

test('a new chapter stands behind the last one, and compiles', async () => {
  await using there = await checkout()
  const chapters = join(there.root, 'content', 'chapters')
  expect(await scaffoldChapter('slow-disk', chapters)).toBe('00-slow-disk.mdx')
  expect(await scaffoldChapter('fast-disk', chapters)).toBe('01-fast-disk.mdx')
  expect(await checkChapters(await readChapterFiles(chapters), [])).toEqual([])
  await expect(scaffoldChapter('slow-disk', chapters)).rejects.toThrow(
    'There is a chapter 00-slow-disk.mdx already.',
  )
})

test('what is still to be written is told with its line', () => {
  expect(unwritten("a\n  title: 'TODO',\n# TODO what it breaks\ntodos and @todo")).toEqual([
    { line: 2, message: 'Still to be written.' },
    { line: 3, message: 'Still to be written: what it breaks' },
  ])
})
