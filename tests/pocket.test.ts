/**
 * The pocket on a real machine: every line runs there as it is written, and prints every name that the page explains. Figures are this machine's
 * own; names are what must not differ. And the lines of chapters that a click runs: each runs on a server that is not broken, too.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileBody } from '../content/compile.ts'
import { readChapterFiles } from '../content/files.ts'
import { parseFrontmatter } from '../content/frontmatter.ts'
import { pocket } from '../content/pocket.ts'
import { typedIn } from '../content/typed.ts'
import { openCatalog } from '../labs/catalog.ts'
import type { RunningMachine } from '../sandbox/machine.ts'
import { settle } from '../sandbox/service/settle.ts'
import { openSandboxes } from '../sandbox/setup.ts'

const lab = (await openCatalog()).get('first-look')
const linesToRun = await linesOfChapters()
let home: string
let machine: RunningMachine

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'ringside-pocket-'))
  const sandboxes = await openSandboxes({ home, accel: 'tcg' })
  machine = await sandboxes.start({ lab, seed: 1, owner: 'cli:test', lingerSeconds: 60 })
  await settle(machine, { asleep: () => false, log: console.log })
  // What the lines look at: connections that are over, one that is open (Puma ends it after 30 silent seconds), a Puma that accepts.
  const traffic =
    'nohup setsid sh -c "while sleep 0.2; do curl -s -m 5 -o /dev/null http://127.0.0.1/; done" >/dev/null 2>&1 & nohup setsid sh -c "while :; do bash -c \'exec 3<>/dev/tcp/198.18.0.2/80; sleep 20\'; done" >/dev/null 2>&1 &'
  await machine.guest.run(traffic, { timeoutMs: 10_000 })
}, 1_200_000)

afterAll(async () => {
  await machine?.dispose()
  await rm(home, { recursive: true, force: true })
})

/** Not a value: something with letters and without digits. `eth0` stands for the card. */
const isName = (name: string) => /[a-z]/i.test(name) && !/\d/.test(name.replaceAll('eth0-rxtx-0', 'card'))

test.each(pocket)('$id: $line', { timeout: 60_000 }, async ({ line, columns }) => {
  const { exitCode, stdout, stderr } = await machine.guest.run(line, { timeoutMs: 30_000 })
  // timeout ends strace with 124: it has said what there was to say.
  expect(line.startsWith('timeout ') ? [0, 124] : [0], stderr).toContain(exitCode)
  const printed = stdout + (line.startsWith('timeout ') ? stderr : '')
  const always = columns.flatMap(({ name, seldom }) => (seldom || !isName(name) ? [] : [name]))
  const missing = always.filter((name) => !printed.includes(name))
  expect(missing, printed).toEqual([])
})

test.each(linesToRun)('of a chapter, %s', { timeout: 60_000 }, async (line) => {
  const { exitCode, stdout, stderr } = await machine.guest.run(line, { timeoutMs: 30_000 })
  expect(exitCode, stdout + stderr).toBe(0)
})

/** What a reader can have run by a click, each line once. */
async function linesOfChapters(): Promise<string[]> {
  const lines = new Set<string>()
  for (const file of await readChapterFiles('content/chapters')) {
    const { inventory } = await compileBody(parseFrontmatter(file).body)
    for (const { text } of inventory.code)
      if (text !== undefined) for (const one of typedIn(text)) lines.add(one)
  }
  return [...lines]
}
