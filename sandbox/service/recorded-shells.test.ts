/** The recordings of a machine's shells: whole, bounded, and gone when they are to be. No VM; everything else is real. */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type CastEvent, CastReader, recordedBytes } from '../asciicast.ts'
import { until } from '../image/test/harness.fixture.ts'
import { signTicket } from '../tickets.ts'
import { ServiceBench } from './bench.fixture.ts'
import { recordingsFolder } from './recordings.ts'
import { minute, open, programs, watch } from './shells.fixture.ts'

interface Cast {
  name: string
  events: CastEvent[]
  header: Record<string, unknown>
  text: string
  marks: string[]
}

async function casts(bench: ServiceBench): Promise<Cast[]> {
  const folder = recordingsFolder(bench.home, bench.sandbox)
  const names = (await readdir(folder)).filter((name) => name.endsWith('.cast')).sort()
  return Promise.all(
    names.map(async (name) => {
      const lines = (await readFile(path.join(folder, name), 'utf8')).split('\n')
      expect(lines.pop()).toBe('')
      const reader = new CastReader()
      const events = lines.map((line) => reader.line(line)).filter((event) => event !== null)
      const of = (code: string) => events.flatMap(([, kind, data]) => (kind === code ? [data] : []))
      return { name, events, header: JSON.parse(lines[0] ?? ''), text: of('o').join(''), marks: of('m') }
    }),
  )
}

test('are recorded: what was shown, when, at which size, with marks for what happened', {
  timeout: minute,
}, async () => {
  await using bench = await ServiceBench.start(programs)
  const seen = await watch(bench)
  expect(seen.latest().recordedDays).toBe(7)
  const page = await open(bench, 'one', { size: { cols: 90, rows: 25 } })
  await page.shows(/[$#] $/)
  page.session.type(
    "printf '\\346\\216'; sleep 0.4; printf '\\245 \\303\\274 \\377\\n'; read -s secret; echo o''k\r",
  )
  await page.shows(/\xff\r\n/)
  page.session.type('hunter2\r')
  await page.shows(/ok\r\n/)
  page.session.resize(91, 26)
  await fetch(`${bench.url}/sandboxes/${bench.sandbox}/check`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await signTicket({ aud: 'service', sub: 'app' }, bench.secret)}` },
    body: '{"answers":null}',
  })
  page.session.type('exit 4\r')
  await until(() => page.state.phase === 'closed')
  await until(async () => (await casts(bench))[0]?.marks.at(-1) === 'shell ended: 4')
  const [cast] = await casts(bench)
  expect(cast?.name).toBe('0-1.cast')
  expect(cast?.header).toMatchObject({ version: 2, width: 100, height: 30, env: { TERM: 'xterm-256color' } })
  expect(Math.abs(Number(cast?.header.timestamp) - Date.now() / 1000)).toBeLessThan(60)
  expect(cast?.text).toContain('接 ü \ufffd\r\n')
  expect(cast?.text).not.toContain('hunter2')
  expect(cast?.marks).toEqual(['check', 'verdict: fail', 'shell ended: 4'])
  expect(cast?.events.filter(([, code]) => code === 'r').map(([, , data]) => data)).toEqual([
    '90x25',
    '91x26',
  ])
  expect(Buffer.byteLength(cast?.text ?? '')).toBe(page.bytes.length + 2)

  const [info] = await bench.client.recordings(bench.sandbox)
  expect(info).toMatchObject({ name: '0-1.cast', generation: 0, terminal: 1 })
  const file = await new Response(await bench.client.recording(bench.sandbox, '0-1.cast')).text()
  expect(file.length).toBeGreaterThan(100)
  for (const name of ['0-2.cast', '..%2F..%2Fsecrets.json', '../secrets.json', 'counters.ndjson'])
    await expect(bench.client.recording(bench.sandbox, name)).rejects.toMatchObject({ status: 404 })
})

test('are recorded on by the next service, not a byte missing and none twice', {
  timeout: minute,
}, async () => {
  await using bench = await ServiceBench.start(programs)
  const page = await open(bench, 'one')
  await page.shows(/[$#] $/)
  page.session.type('for i in $(seq 1 400); do echo "line $i ü接🦀"; sleep 0.01; done; echo d\'\'one\r')
  for (let round = 0; round < 3; round++) {
    await delay(300 + round * 170)
    await bench.kill()
    await bench.boot()
  }
  // To the prompt, beyond which nothing comes by itself. Recordings are written in gathered pieces.
  await page.shows(/done\r\n.*[$#] $/)
  await until(async () => ((await casts(bench))[0]?.text.length ?? 0) >= page.bytes.toString().length)
  const [cast] = await casts(bench)
  expect(cast?.text).toBe(page.bytes.toString())
  expect(cast?.marks).toEqual([])
})

test('are recorded up to a size, say so, and cost the shell nothing', { timeout: minute }, async () => {
  await using bench = await ServiceBench.start(programs, { STANDIN_MOST: '200000' })
  const page = await open(bench, 'one')
  await page.shows(/[$#] $/)
  page.session.type("seq 1 200000; echo d''one\r")
  await page.shows(/done\r\n/)
  await until(async () => (await casts(bench))[0]?.marks.length === 1)
  const [cast] = await casts(bench)
  expect(cast?.marks).toEqual(['recording stopped: it is full'])
  const { bytes = 0 } = (await bench.client.recordings(bench.sandbox))[0] ?? {}
  expect(bytes).toBeLessThanOrEqual(200_000)
  expect(bytes).toBeGreaterThan(150_000)
  expect(recordedBytes(cast?.text ?? '')).toBeLessThan(200_000)
  await bench.kill()
  await bench.boot()
  page.session.type("echo a''gain\r")
  await page.shows(/again\r\n/)
  await delay(500)
  expect((await bench.client.recordings(bench.sandbox))[0]?.bytes).toBe(bytes)
})

function noneOfNone(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}

test('are not recorded where that is switched off', { timeout: minute }, async () => {
  await using bench = await ServiceBench.start(programs, { STANDIN_DAYS: '0' })
  const seen = await watch(bench)
  expect(seen.latest().recordedDays).toBe(0)
  const page = await open(bench, 'one')
  await page.shows(/[$#] $/)
  await delay(500)
  // Counters are kept as long as the machine lives.
  // Not even a folder, when the first counters are late.
  const kept = await readdir(recordingsFolder(bench.home, bench.sandbox)).catch(noneOfNone)
  expect(kept.filter((name) => name !== 'counters.ndjson')).toEqual([])
  expect(await bench.client.recordings(bench.sandbox)).toEqual([])
})

test('are removed for good once the machine has ended, its counters as well, and never before', {
  timeout: minute,
}, async () => {
  await using bench = await ServiceBench.start(programs)
  const page = await open(bench, 'one')
  await page.shows(/[$#] $/)
  await expect(bench.client.removeRecordings(bench.sandbox)).rejects.toMatchObject({
    status: 409,
    problem: { code: 'still-recorded' },
  })
  await until(async () => (await bench.client.recordings(bench.sandbox)).length === 1)
  await bench.client.end(bench.sandbox)
  await bench.client.removeRecordings(bench.sandbox)
  await delay(1_500)
  await expect(readdir(recordingsFolder(bench.home, bench.sandbox))).rejects.toMatchObject({ code: 'ENOENT' })
  await bench.client.removeRecordings(bench.sandbox)
})
