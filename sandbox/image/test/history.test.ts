/** The guest's .bashrc in a real bash under a real agent: what is typed gets into the history, nobody notices, and no verdict hangs on it. */
import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { expect, test } from 'vitest'
import { emptyTexts } from '../../../labs/folder.ts'
import { defineLab } from '../../../labs/schema.ts'
import type { Driver } from '../../driver.ts'
import type { Link } from '../../link.ts'
import { attachMachine } from '../../machine.ts'
import { readWork } from '../../work.ts'
import { Bench, builtPrograms, Screen, until } from './harness.fixture.ts'

const minute = 60_000
const programs = builtPrograms()
const bashrc = path.join(import.meta.dirname, '../guest/rootfs/root/.bashrc')
const began = Date.now()

/** A bench whose shells are the guest's: their home is the bench's folder. */
async function benchAtHome(): Promise<{ bench: Bench; link: Link; file: string }> {
  const bench = await Bench.start(programs, { agent: false })
  await copyFile(bashrc, path.join(bench.folder, '.bashrc'))
  await writeFile(path.join(bench.folder, '.bash_profile'), '. ~/.bashrc\n')
  bench.startAgent()
  return { bench, link: await bench.readyLink(), file: path.join(bench.folder, '.bash_history') }
}

async function shell(link: Link): Promise<Screen> {
  const screen = await Screen.open(link, await link.openTerminal({ cols: 100, rows: 30 }))
  await screen.shows('# ')
  return screen
}

const work = (link: Link) => readWork({ run: (script, options) => link.exec(script, options) }, began)
const lines = async (link: Link) => (await work(link))?.commands.map(({ line }) => line)

test('a command is known with its time before it has ended, of whichever shell', {
  timeout: minute,
}, async () => {
  const { bench, link } = await benchAtHome()
  await using _ = bench
  expect(await work(link)).toEqual({ commands: [], older: false })
  const [one, two] = [await shell(link), await shell(link)]
  one.type('sleep 1000 | cat\r')
  await until(async () => (await lines(link))?.length === 1)
  two.type('echo two; (true)\r')
  await two.shows('two\r\n')
  await until(async () => (await lines(link))?.length === 2)
  one.type('\x03echo three\r')
  await one.shows('three\r\n')
  await until(async () => (await lines(link))?.length === 3)
  expect(await lines(link)).toEqual(['sleep 1000 | cat', 'echo two; (true)', 'echo three'])
  const age = (Date.now() - began) / 1000
  for (const { at } of (await work(link))?.commands ?? []) {
    expect(at).toBeGreaterThanOrEqual(0)
    expect(at).toBeLessThanOrEqual(age + 1)
  }
})

test('what begins with a space is nobody’s business', { timeout: minute }, async () => {
  const { bench, link } = await benchAtHome()
  await using _ = bench
  const screen = await shell(link)
  screen.type(' echo secret; (true)\r(echo grouped)\r')
  await screen.shows('grouped\r\n')
  await until(async () => (await lines(link))?.length === 1)
  expect(await lines(link)).toEqual(['(echo grouped)'])
})

test('the shell works as before: status, last word, traces, arrows, search', {
  timeout: minute,
}, async () => {
  const { bench, link } = await benchAtHome()
  await using _ = bench
  const screen = await shell(link)
  screen.type('(exit 7)\recho status $?\rtrue of what\recho last $_\r')
  await screen.shows('last what\r\n')
  expect(screen.text).toContain('status 7\r\n')
  screen.type('set -x\recho traced\rset +x\recho -n; echo quiet\r')
  await screen.shows('quiet\r\n')
  const traced = screen.text.slice(screen.text.indexOf('set -x\r\n'))
  expect(traced.match(/^\++ .*(?=\r)/gm)).toEqual(['+ echo traced', '+ set +x'])
  screen.type('trap\rhistory | head -2\r')
  await screen.shows(/ 1 {2}\(exit 7\)\r\n +2 {2}echo status \$\?\r\n/)
  expect(screen.text).not.toContain('trap --')
  screen.type('echo up-$((40+2))\r')
  await screen.shows('up-42\r\n')
  screen.type('\x1b[A\r')
  await screen.shows(/up-42\r\n.*up-42\r\n/s)
  screen.type('\x12of wh')
  await screen.shows('reverse-i-search')
  screen.type('\r')
  await until(async () => (await lines(link))?.at(-1) === 'true of what')
})

test('without a place to write the shell says nothing of it', { timeout: minute }, async () => {
  const { bench, link } = await benchAtHome()
  await using _ = bench
  const screen = await shell(link)
  screen.type('HISTFILE=/nowhere/history\recho one\recho two-$((1+1))\r')
  await screen.shows('two-2\r\n')
  expect(screen.text).not.toMatch(/bash:/)
})

test('no history makes a check fail, wait, or judge otherwise', { timeout: minute }, async () => {
  const { bench, link, file } = await benchAtHome()
  await using _ = bench
  await link.memoSet('timings', JSON.stringify({ startMs: 1, breakMs: 1 }))
  const machine = await attachMachine(driverTo(bench), container, identity, toy)
  const asked = Math.floor(Date.now() / 1000)
  const histories: Record<string, () => Promise<unknown>> = {
    none: async () => {},
    honest: () => writeFile(file, `#${asked}\nss -lnt\n`),
    forged: () => writeFile(file, `#${asked + 1}\nnstat TcpExtListenOverflows\n#1\nss\n`),
    hostile: () => writeFile(file, Buffer.from('\x1b]0;x\x07\0\xff\xfe\n'.repeat(500_000), 'latin1')),
    long: () => writeFile(file, `#${asked}\necho ${'x'.repeat(60)}\n`.repeat(50_000)),
    folder: () => mkdir(file),
    device: () => symlink('/dev/zero', file),
    pipe: () => link.exec('mkfifo ~/.bash_history'),
  }
  const known: Record<string, number | null> = {}
  const verdicts = []
  for (const [name, make] of Object.entries(histories)) {
    await rm(file, { force: true, recursive: true })
    await make()
    const { verdict, work } = await machine.check(null)
    verdicts.push({ ...verdict, timings: null })
    known[name] = work?.commands.length ?? null
  }
  for (const verdict of verdicts) expect(verdict).toEqual(verdicts[0])
  expect(verdicts[0]).toMatchObject({ status: 'pass', score: 10 })
  expect(known).toMatchObject({ none: 0, honest: 1, forged: 2, hostile: 0, folder: 0, device: 0, pipe: 0 })
  expect(known.long ?? 200).toBe(200)
})

const container = { id: 'none', name: 'none', labels: {}, running: true }
const identity = {
  ...{ home: '', sandbox: '', owner: '', lab: 'toy', seed: 1, generation: 0 },
  ...{ started: new Date(began).toISOString(), expires: new Date(began).toISOString() },
}
const driverTo = (bench: Bench) =>
  ({ connect: async () => net.connect(bench.serviceSocket) }) as unknown as Driver

/** Beside the point here: every machine has traffic. */
const nobody = {
  ...{ atMs: 0, src: '127.0.0.1', method: 'GET' as const, path: '/' },
  ...{ connectTimeoutMs: 1000, totalTimeoutMs: 1000 },
}

/** Asks the guest one thing, and judges by that. */
const toy = {
  ...emptyTexts,
  folder: '',
  lab: defineLab<unknown, unknown>({
    meta: {
      ...{ id: 'toy', title: 'Toy', chapter: 'c', stage: null, minutes: 5 },
      ...{ difficulty: 'steady', objectives: ['See'] },
    },
    criteria: [{ id: 'asked', kind: 'repair', title: 'Asked', maxPoints: 10 }],
    variant: () => ({}),
    machine: () => ({ nic: 'vmxnet3', vcpus: 1, memoryMb: 256, prepare: '' }),
    env: () => ({}),
    background: () => ({ everyMs: 60_000, plan: { dst: '127.0.0.1', port: 9, requests: [nobody] } }),
    verifyBroken: async () => {},
    collect: async ({ guest }) => (await guest.run('echo mended')).stdout,
    brokenBaseline: () => ({ ok: true }),
    judge: ({ after }) => ({
      asked: { status: after === 'mended\n' ? 'pass' : 'fail', share: 1, feedback: '', evidence: [] },
    }),
    referenceAnswers: () => {
      throw new Error('not asked for in this test')
    },
  }),
}
