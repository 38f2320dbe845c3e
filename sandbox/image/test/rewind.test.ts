/**
 * What the world itself does when a moment is saved and gone back to: terminals, offsets, what was typed. Without a VM the agent lives on, so
 * its shells are still those of the present; tests/rewind.test.ts has the real thing.
 */
import net from 'node:net'
import { expect, test } from 'vitest'
import { encodeFrame, FrameDecoder } from '../../wire.ts'
import { Bench, builtPrograms, Screen, until } from './harness.fixture.ts'
import { legB } from './leg-b.fixture.ts'

const minute = 60_000
const programs = builtPrograms()
const size = { cols: 80, rows: 24 }

test('a moment has a name and a time, and can be deleted', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const { id } = await link.saveMoment('Before “the fix”\n')
  await link.saveMoment('', { start: true })
  const [first, second] = await link.moments()
  expect(first).toMatchObject({ id, label: 'Before “the fix”\n', start: false })
  expect(Math.abs((first?.at.getTime() ?? 0) - Date.now())).toBeLessThan(5_000)
  expect(second).toMatchObject({ label: '', start: true })
  await link.dropMoment(id)
  expect((await link.moments()).map((one) => one.start)).toEqual([true])
  await expect(link.dropMoment(id)).rejects.toThrow('no such moment')
  await expect(link.backTo(id)).rejects.toThrow('no such moment')
  await expect(link.saveMoment('x'.repeat(161))).rejects.toThrow('at most 160 bytes')
})

test('six moments are kept, and a deleted one makes room', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const ids = []
  for (let i = 0; i < 6; i++) ids.push((await link.saveMoment(String(i))).id)
  await expect(link.saveMoment('one more')).rejects.toThrow('no room for another moment')
  await link.dropMoment(ids[2] as number)
  const { id } = await link.saveMoment('now there is room')
  expect(ids).not.toContain(id)
  expect(await link.moments()).toHaveLength(6)
})

test('a viewer sees the past behind a gap, and whoever comes back starts there', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await link.openTerminal(size)
  const screen = await Screen.open(link, terminal)
  expect(screen.started?.epoch).toBe(0)
  // With its prompt, which would else be shown after what is kept of the screen here.
  screen.type('echo pa""st\r')
  await screen.shows(/[\n\r]past\r\n.*[$#] $/)
  const { id } = await link.saveMoment('')
  const past = screen.text
  screen.type('echo fut""ure\r')
  await screen.shows(/[\n\r]future\r\n.*[$#] $/)
  const before = screen.next as number

  screen.text = ''
  await link.backTo(id)
  await until(() => screen.text.length >= past.length)
  expect(screen.text).toBe(past)
  expect(screen.jumps).toBe(1)
  const later = await Screen.open(link, terminal, { from: before, client: 'later' })
  expect(later.started).toMatchObject({ start: before + 1, epoch: 1 })
  await later.shows(/[\n\r]past\r\n.*[$#] $/)
  expect(later.text).toBe(past)

  await link.backTo(id)
  const again = await Screen.open(link, terminal, { from: before, client: 'again' })
  expect(again.started?.epoch).toBe(2)
  await again.shows(/[\n\r]past\r\n.*[$#] $/)
  expect(again.text).toBe(past)
})

test('what was typed ahead does not reach the past, and typing goes on behind it', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await link.openTerminal(size)
  const screen = await Screen.open(link, terminal)
  screen.type('echo re""ady\r')
  await screen.shows(/[\n\r]ready\r/)
  const { id } = await link.saveMoment('')

  bench.agent.kill('SIGSTOP')
  screen.type('echo typed-ahead\r')
  const other = bench.link()
  await until(async () => (await Screen.open(other, terminal)).started?.typed === screen.typedSoFar)
  await link.backTo(id)
  await until(() => screen.typed === screen.typedSoFar)
  // Of the old conversation nothing is taken any more, of a new one from where the world stands.
  screen.type('echo too late\r')
  const now = await Screen.open(link, terminal, { client: 'tester' })
  expect(now.started?.typed).toBe(screen.typed)
  bench.agent.kill('SIGCONT')
  now.type('echo af""ter\r')
  await now.shows(/[\n\r]after\r/)
  expect(now.text).not.toContain('too late')
})

test('a terminal opened since then is gone, one closed since then is there again', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const kept = await link.openTerminal(size)
  const lost = await link.openTerminal(size)
  const first = await Screen.open(link, lost)
  first.type('echo fi""rst\r')
  await first.shows(/[\n\r]first\r\n.*[$#] $/)
  const { id } = await link.saveMoment('')
  const past = first.text
  await link.closeTerminal(lost)
  await until(async () => (await link.hello()).terminals.length === 1)
  expect(await link.openTerminal({ cols: 100, rows: 30 })).toBe(lost)
  const inItsPlace = await Screen.open(link, lost)
  const newer = await link.openTerminal(size)
  const watched = await Screen.open(link, newer)

  await link.backTo(id)
  expect((await link.hello()).terminals).toMatchObject([
    { id: kept, alive: true, serial: 1, epoch: 1 },
    { id: lost, alive: true, serial: 2, epoch: 1, ...size },
  ])
  // Who looked at another shell under this number is not shown this one as if it were that.
  await until(() => watched.closed !== null && inItsPlace.closed !== null)
  const again = await Screen.open(link, lost, { client: 'again' })
  await again.shows(/[\n\r]first\r\n.*[$#] $/)
  // And what the shell has said since: without a VM it lives on, and draws its prompt anew when its size is put back.
  expect(again.text.startsWith(past)).toBe(true)
  expect(again.started?.start).toBeGreaterThan(first.next as number)
  const next = await link.openTerminal(size)
  expect((await link.hello()).terminals.find((one) => one.id === next)).toMatchObject({ serial: 5, epoch: 0 })
})

test('a shell that has ended since then lives again, and one that had ended is as dead as it was', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const screen = await Screen.open(link, await link.openTerminal(size))
  await screen.shows('#')
  const alive = await link.saveMoment('')
  screen.type('exit 3\r')
  await until(() => screen.closed === 3)
  const dead = await link.saveMoment('')
  await link.backTo(alive.id)
  expect((await link.hello()).terminals).toMatchObject([{ serial: 1, alive: true }])
  await link.backTo(dead.id)
  expect((await link.hello()).terminals).toMatchObject([{ serial: 1, alive: false, status: 3 }])
})

test('who was inside a key, and who waited for that, are nobody any more', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await link.openTerminal(size)
  const one = await Screen.open(link, terminal, { client: 'one' })
  one.type('cat -v\r')
  await one.shows('cat -v')
  const { id } = await link.saveMoment('')
  one.type('\u001b[200~pasted and not at its end')
  await until(() => one.typed === one.typedSoFar)
  await link.backTo(id)
  const two = await Screen.open(link, terminal, { client: 'two' })
  const began = performance.now()
  two.type('now')
  await until(() => two.typed === two.typedSoFar)
  // Without the return it would wait for a second.
  expect(performance.now() - began).toBeLessThan(600)
})

test('no moment is saved while the agent does not answer, and nothing typed meanwhile is lost', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const screen = await Screen.open(link, await link.openTerminal(size))
  await screen.shows('#')
  bench.agent.kill('SIGSTOP')
  const refused = expect(link.saveMoment('')).rejects.toThrow('too busy to be saved')
  screen.type('echo st""ill here\r')
  await expect(link.saveMoment('')).rejects.toThrow('being saved already')
  await refused
  expect(await link.moments()).toEqual([])
  bench.agent.kill('SIGCONT')
  await screen.shows('still here')
  await link.saveMoment('')
  expect(await link.moments()).toHaveLength(1)
})

test('what is typed while a moment is saved is not in it, and does not fill its queue', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const screen = await Screen.open(link, await link.openTerminal(size))
  screen.type('stty -echo; echo re""ady; cat >/dev/null\r')
  await screen.shows(/[\n\r]ready\r/)
  await until(() => screen.typed === screen.typedSoFar)
  bench.agent.kill('SIGSTOP')
  const saving = link.saveMoment('')
  screen.type(`${'x'.repeat(1023)}\r`.repeat(64))
  const other = bench.link()
  await until(async () => (await Screen.open(other, 1)).started?.typed === screen.typedSoFar)
  bench.agent.kill('SIGCONT')
  const { id } = await saving
  await until(() => screen.typed === screen.typedSoFar)
  await link.backTo(id)
  const now = await Screen.open(link, 1)
  now.type('\x03')
  // Not at once: Ctrl-C takes along what waits in the terminal.
  await now.shows(/[\n\r]ready\r.*#/s)
  now.type('echo al""ive\r')
  await now.shows(/[\n\r]alive\r/)
})

test('a flood does not keep a moment from being saved, and goes on behind it', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const screen = await Screen.open(link, await link.openTerminal(size))
  screen.type('seq 1 200000; echo en""d\r')
  await until(() => screen.bytes > 50_000)
  for (let i = 0; i < 5; i++) {
    const { id } = await link.saveMoment('')
    await link.dropMoment(id)
  }
  await screen.shows(/[\n\r]end\r/, 30_000)
  expect(screen.jumps).toBe(0)
})

test('no moment is saved or gone back to while a script runs', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const { id } = await link.saveMoment('')
  const script = link.exec('sleep 2; echo done')
  await expect(link.saveMoment('')).rejects.toThrow('is being checked')
  await expect(link.backTo(id)).rejects.toThrow('is being checked')
  expect((await script).stdout).toBe('done\n')
})

test('no moment is saved with a script in it that was given up: its end would be taken for that of another', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs, { agent: false })
  // An agent that is there and never says that a script has ended.
  const agent = net.connect(bench.agentSocket)
  const say = (type: number, channel = 0, payload: Buffer = Buffer.alloc(0)) =>
    agent.write(encodeFrame({ type, channel, payload }))
  const decoder = new FrameDecoder()
  agent.on('data', (bytes: Buffer) => {
    for (const { type, payload } of decoder.push(bytes)) if (type === legB.ping) say(legB.pong, 0, payload)
  })
  say(legB.ready)
  say(legB.timed)
  const link = await bench.readyLink()
  const { id } = await link.saveMoment('before')
  await expect(link.exec('sleep 60', { timeoutMs: 100 })).rejects.toThrow('the agent does not answer')
  say(legB.timed)
  await link.waitReady(5_000)
  await expect(link.saveMoment('')).rejects.toThrow('has not ended')
  say(legB.exit, 1, Buffer.alloc(4))
  await until(() => link.saveMoment('').then(Boolean, () => false))
  // Whoever goes back leaves such a script behind.
  await expect(link.exec('sleep 60', { timeoutMs: 100 })).rejects.toThrow('the agent does not answer')
  await link.backTo(id)
  agent.destroy()
})
