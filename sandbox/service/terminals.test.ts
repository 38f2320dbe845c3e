/** The shells of a machine as several people see them: one list, one screen, one size, each their own pace. No VM; everything else is real. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import WebSocket from 'ws'
import { until } from '../image/test/harness.fixture.ts'
import { closeCodes } from '../protocol/sockets.ts'
import { signTicket } from '../tickets.ts'
import { ServiceBench } from './bench.fixture.ts'
import type { Page } from './page.fixture.ts'
import { minute, open, programs, size, watch } from './shells.fixture.ts'

test('are up to eight, named, seen alike by everybody and by the next service', {
  timeout: minute,
}, async () => {
  await using bench = await ServiceBench.start(programs)
  const { client, sandbox } = bench
  const [one, two] = [await watch(bench), await watch(bench)]
  expect(one.list()).toEqual([{ terminal: 1, name: null, state: 'open', status: null }])
  for (let n = 2; n <= 8; n++) expect(await client.openTerminal(sandbox, size)).toEqual({ terminal: n })
  await expect(client.openTerminal(sandbox, size)).rejects.toMatchObject({
    status: 409,
    problem: { code: 'too-many-terminals' },
  })
  await client.renameTerminal(sandbox, 3, '  the \u001b[31m log\u202e of\n puma ')
  await client.renameTerminal(sandbox, 4, 'x'.repeat(100))
  await client.renameTerminal(sandbox, 5, 'short-lived name')
  await client.renameTerminal(sandbox, 5, ' ')
  for (const seen of [one, two]) {
    await until(() => seen.list()[4]?.name === null && seen.list()[3]?.name !== null)
    expect(seen.list().map(({ name }) => name)).toEqual([
      ...[null, null, 'the [31m log of puma', 'x'.repeat(40), null, null, null, null],
    ])
  }
  await bench.kill()
  await bench.boot()
  const later = await watch(bench)
  await until(() => later.list().length === 8)
  expect(later.list()).toEqual(one.list())
})

test('close when nothing runs in them, ask first when something does, and their number is never given again', {
  timeout: minute,
}, async () => {
  await using bench = await ServiceBench.start(programs)
  const { client, sandbox } = bench
  const seen = await watch(bench)
  const { terminal } = await client.openTerminal(sandbox, size)
  const page = await open(bench, 'one', { terminal })
  await page.shows(/[$#] $/)
  page.session.type("echo be''gun; sleep 4321\r")
  await page.shows(/begun\r\n/)
  // Between fork and exec it is a second bash.
  const link = bench.world.link()
  await until(async () => (await link.foreground(terminal)).program === 'sleep')
  expect(await client.closeTerminal(sandbox, terminal, false)).toEqual({ closed: false, program: 'sleep' })
  expect(page.state.phase).toBe('live')
  await client.renameTerminal(sandbox, terminal, 'waits')
  expect(await client.closeTerminal(sandbox, terminal, true)).toEqual({ closed: true, program: '' })
  await until(() => page.state.phase === 'closed')
  await until(() => seen.list().length === 1)
  await expect(client.closeTerminal(sandbox, terminal, false)).rejects.toMatchObject({ status: 404 })

  const next = await client.openTerminal(sandbox, size)
  expect(next).toEqual({ terminal: terminal + 1 })
  await until(() => seen.list().length === 2)
  expect(seen.list()[1]).toMatchObject({ name: null })
  const late = await open(bench, 'late', { terminal })
  expect(late.state).toMatchObject({ phase: 'closed', exitStatus: null })
  const idle = await open(bench, 'idle', next)
  await idle.shows(/[$#] $/)
  expect(await client.closeTerminal(sandbox, next.terminal, false)).toEqual({ closed: true, program: '' })
})

test('that have ended keep their last screen for whoever comes, until they are closed', {
  timeout: minute,
}, async () => {
  await using bench = await ServiceBench.start(programs)
  const seen = await watch(bench)
  const page = await open(bench, 'one')
  await page.shows(/[$#] $/)
  page.session.type('echo last wo""rds; exit 7\r')
  await until(() => page.state.phase === 'closed')
  await until(() => seen.list()[0]?.state === 'ended')
  expect(seen.list()).toEqual([{ terminal: 1, name: null, state: 'ended', status: 7 }])
  const late = await open(bench, 'two', { terminal: 1 })
  await until(() => late.state.phase === 'closed')
  expect(late.state.exitStatus).toBe(7)
  expect(late.text).toBe(page.text)
  expect(late.text).toContain('last words')
  await bench.client.closeTerminal(bench.sandbox, 1, false)
  await until(() => seen.list().length === 0)
})

test('are looked at without a right to type', { timeout: minute }, async () => {
  await using bench = await ServiceBench.start(programs)
  const page = await open(bench, 'one')
  const looker = await open(bench, 'looker', { mode: 'look', terminal: 1, size: { cols: 40, rows: 10 } })
  expect(looker.state).toMatchObject({ mode: 'look', size: page.state.size })
  page.session.type('echo seen by bo""th; stty size\r')
  await looker.shows(/both\r\n30 100\r\n/)
  expect(looker.session.type('echo forged\r')).toBe(false)
  // A page that does not keep to it loses its connection, and nothing arrives.
  const { sandbox, owner, secret, origin } = bench
  for (const mode of ['look', undefined] as const) {
    const ticket = await signTicket({ aud: 'terminal', sub: owner, sandbox, mode }, secret)
    const socket = new WebSocket(`ws://127.0.0.1:${bench.port}/ws/terminal?ticket=${ticket}`, {
      headers: { origin },
    })
    await new Promise((resolve) => socket.once('open', resolve))
    const attach = { type: 'attach', terminal: 1, client: 'one', from: 'start', ...size, generation: null }
    socket.send(JSON.stringify(attach))
    await new Promise((resolve) => socket.once('message', resolve))
    socket.send(JSON.stringify({ type: 'resize', cols: 20, rows: 5 }))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.send(Buffer.concat([Buffer.alloc(8), Buffer.from('echo forged\r')]))
    expect(await closed).toBe(closeCodes.badMessage)
  }
  page.session.type('stty size; echo e""nd\r')
  await page.shows(/\D30 100\r\nend/)
  expect(page.text).not.toContain('forged')
})

test('are looked at without giving the machine time; who may type gives it', {
  timeout: minute,
}, async () => {
  await using bench = await ServiceBench.start(programs, { STANDIN_MINUTES: '1' })
  const ends = async () => Date.parse((await bench.client.status(bench.sandbox)).expiresAt)
  const first = await ends()
  // So much that a sign of life is worth telling.
  await delay(7_000)
  const looker = await open(bench, 'looker', { mode: 'look' })
  const { sandbox, owner, secret, origin } = bench
  for (const aud of ['terminal', 'watch'] as const) {
    const ticket = await signTicket({ aud, sub: owner, sandbox, mode: 'look' }, secret)
    const socket = new WebSocket(`ws://127.0.0.1:${bench.port}/ws/${aud}?ticket=${ticket}`, {
      headers: { origin },
    })
    await new Promise((resolve) => socket.once('open', resolve))
    socket.send(JSON.stringify({ type: 'look', seen: true }))
    await delay(100)
    expect(socket.readyState).toBe(WebSocket.OPEN)
  }
  expect(looker.state.mode).toBe('look')
  expect(await ends()).toBe(first)
  await open(bench, 'one')
  expect(await ends()).toBeGreaterThan(first + 6_000)
})

test('have the size of the window of whoever typed last, and the others show it so', {
  timeout: minute,
}, async () => {
  await using bench = await ServiceBench.start(programs)
  const large = await open(bench, 'large', { size: { cols: 120, rows: 40 } })
  await large.shows(/[$#] $/)
  const small = await open(bench, 'small', { terminal: 1, size: { cols: 60, rows: 20 } })
  expect(small.state.size).toEqual({ cols: 120, rows: 40 })
  small.session.type('stty size\r')
  await small.shows(/\D20 60\r/)
  // Told by another connection.
  await until(() => large.state.size?.cols === 60)
  expect(large.state.size).toEqual({ cols: 60, rows: 20 })
  // The window that does not type may change as it likes.
  large.session.resize(130, 50)
  await delay(100)
  expect(large.state.size).toEqual({ cols: 60, rows: 20 })
  large.session.type('stty size\r')
  await large.shows(/\D50 130\r/)
  await until(() => small.state.size?.cols === 130)
  large.leave()
  await until(() => small.state.size?.cols === 60)
})

test('are answered for by the window of whoever typed last, when a program asks', {
  timeout: minute,
}, async () => {
  await using bench = await ServiceBench.start(programs)
  const large = await open(bench, 'large', { size: { cols: 120, rows: 40 } })
  await large.shows(/[$#] $/)
  const small = await open(bench, 'small', { terminal: 1, size: { cols: 60, rows: 20 } })
  async function asks(page: Page, row: number) {
    page.session.type(`echo as""ks ${row}; read -rsd R where; printf 'at %q\\n' "$where"\r`)
    await page.shows(new RegExp(`asks ${row}\r`))
  }
  const answer = (page: Page, row: number) => page.session.type(`\u001b[${row};1R`)
  await asks(large, 8)
  answer(small, 7)
  answer(large, 8)
  await large.shows(/at \$'\\E\[8;1'/)
  await asks(small, 10)
  await until(() => large.state.size?.cols === 60)
  answer(large, 9)
  answer(small, 10)
  await small.shows(/at \$'\\E\[10;1'/)
  await asks(small, 11)
  small.leave()
  await until(() => large.state.size?.cols === 120)
  answer(large, 11)
  await large.shows(/at \$'\\E\[11;1'/)
})

test('wait for no slow viewer: another one has everything at once, and each comes through', {
  timeout: minute,
}, async () => {
  await using bench = await ServiceBench.start(programs)
  const quick = await open(bench, 'quick')
  await quick.shows(/[$#] $/)
  await floods(quick, 'a')
  const slow = await open(bench, 'slow', { terminal: 1, slow: true })
  const looker = await open(bench, 'looker', { terminal: 1, slow: true, mode: 'look' })
  // Were the others waited for, it would never end: they do not draw.
  await floods(quick, 'b')
  expect(quick.clears).toBe(1)
  // Meanwhile the slow ones were sent their window and no more; when they draw, they get to the end as well.
  for (const one of [slow, looker]) {
    const drawing = setInterval(() => one.draw(), 5)
    await one.shows(/done-b\r/, 20_000)
    clearInterval(drawing)
  }
})

async function floods(page: Page, name: string): Promise<void> {
  page.session.type(`seq 1 400000; echo do""ne-${name}\r`)
  await page.shows(new RegExp(`done-${name}\\r`), 30_000)
}
