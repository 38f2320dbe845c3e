/** What visitors did, on the disk: whatever ends the service, no entry that was kept is lost. */
import { appendFile, mkdir, mkdtemp, readFile, rm, rmdir } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Journal } from './journal.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'ringside-journal-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const look = (visitor: string) => ({
  event: 'look.began' as const,
  sandbox: '0197f7b0-0000-7000-8000-000000000001',
  cohort: '0197f7b0-0000-7000-8000-000000000002',
  ...{ lab: 'a-lab', owner: 'ada', visitor },
})
const visitors = async (journal = new Journal(home)) => (await journal.first()).map(({ visitor }) => visitor)

test('what was kept is known to the next service, in order, until it is taken', async () => {
  const journal = new Journal(home)
  await Promise.all(['grace', 'edsger', 'barbara'].map((visitor) => journal.add(look(visitor))))
  expect(await visitors()).toEqual(['grace', 'edsger', 'barbara'])
  const [first] = await journal.first()
  await journal.taken([first?.id ?? ''])
  expect(await visitors(journal)).toEqual(['edsger', 'barbara'])
  await journal.add(look('donald'))
  expect(await visitors()).toEqual(['edsger', 'barbara', 'donald'])
})

test('an entry that a crash has cut off takes none along that comes after it', async () => {
  await new Journal(home).add(look('grace'))
  await appendFile(path.join(home, 'visits.ndjson'), '{"id":"0197f7b0-0000-70')
  const next = new Journal(home)
  await next.add(look('edsger'))
  expect(await visitors()).toEqual(['grace', 'edsger'])
})

test('a journal that cannot be read is not taken for an empty one; once it can be, all goes on', async () => {
  const file = path.join(home, 'visits.ndjson')
  await mkdir(file)
  const journal = new Journal(home)
  await expect(journal.first()).rejects.toThrow('EISDIR')
  await expect(journal.add(look('grace'))).rejects.toThrow('EISDIR')
  await expect(journal.taken([])).rejects.toThrow('EISDIR')
  await rmdir(file)
  await journal.add(look('edsger'))
  expect(await visitors(journal)).toEqual(['edsger'])
  expect(await readFile(file, 'utf8')).toContain('edsger')
})
