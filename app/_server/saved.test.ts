/** Who has a page open while writing is told of each save, once. */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { courseRoot } from '#/content/files.ts'
import { savedEvents } from './saved.ts'

const draft = join(courseRoot(), 'content', `saved-${process.pid}.md`)

afterEach(() => rm(draft, { force: true }))

test('a save is told within a blink, and several writes of one save are one', async () => {
  const gone = new AbortController()
  const reader = savedEvents(gone.signal).getReader()
  const next = async () => new TextDecoder().decode((await reader.read()).value)
  expect(await next()).toBe(': listening\n\n')
  const told = next()
  for (const text of ['# A', '# A draft', '# A draft of a text']) await writeFile(draft, text)
  expect(await told).toBe('data: saved\n\n')
  const again = Promise.race([next(), new Promise((resolve) => setTimeout(resolve, 300, 'nothing more'))])
  expect(await again).toBe('nothing more')
  gone.abort()
})
