import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readChapterFiles } from './files.ts'

async function folderWith(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-chapters-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const save = (text: string) => writeFile(join(folder, '01-ring.mdx'), text)
  await save(text)
  const read = async () => (await readChapterFiles(folder))[0]
  const isKept = async () => {
    const before = await read()
    return before === (await read())
  }
  return { save, read, isKept }
}

test('a chapter that was not saved since is not read again', async () => {
  const { read, isKept } = await folderWith('one')
  await expect.poll(isKept).toBe(true)
  expect(await read()).toMatchObject({ slug: 'ring', number: 1, text: 'one' })
})

test('a chapter that is saved shows at once, also when it is as long as before', async () => {
  const { save, read, isKept } = await folderWith('one')
  await expect.poll(isKept).toBe(true)
  await save('two')
  expect(await read()).toMatchObject({ text: 'two' })
  await save('six')
  expect(await read()).toMatchObject({ text: 'six' })
})
