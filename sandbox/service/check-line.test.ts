/**
 * Checks wait for their turn in the order in which they were asked for, and whoever waits is told of it. No VM; that a check in its turn has the
 * processor that it needs is seen on real machines.
 */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { builtPrograms, until } from '../image/test/harness.fixture.ts'
import { ServiceBench } from './bench.fixture.ts'

const programs = builtPrograms()
const timeout = 60_000

/** Two machines of a service that checks one at a time; the first is being checked. */
async function busy() {
  const bench = await ServiceBench.start(programs, { STANDIN_CHECKS: '1', STANDIN_CHECK_MS: '1500' })
  const { client, sandbox: first } = bench
  const second = randomUUID()
  await client.start({ id: second, lab: 'accept-queue', seed: 1, owner: 'grace' })
  await until(async () => (await client.status(second)).state === 'ready')
  const status = (id: string) => client.status(id)
  // The stand-in's verdict is none that the client knows: that the check has ended is what counts here.
  const check = (id: string) => client.check(id, null).catch((error) => error.problem?.code ?? 'judged')
  const underWay = check(first)
  await until(async () => (await status(first)).checking)
  return { bench, client, first, second, status, check, underWay }
}

test('a check that waits says how many come before it, and begins by itself', { timeout }, async () => {
  const { bench, first, second, status, check, underWay } = await busy()
  await using _ = bench
  expect(await status(first)).toMatchObject({ checking: true, checksAhead: 0 })
  const waiting = check(second)
  await until(async () => (await status(second)).checksAhead === 1)
  expect(await check(second)).toBe('already-checking')
  expect(await underWay).toBe('judged')
  expect(await status(second)).toMatchObject({ checking: true, checksAhead: 0 })
  expect(await waiting).toBe('judged')
  expect(await status(second)).toMatchObject({ checking: false, checksAhead: 0 })
})

test('a machine that is reset while its check waits is not checked', { timeout }, async () => {
  const { bench, client, second, status, check } = await busy()
  await using _ = bench
  const waiting = check(second)
  await until(async () => (await status(second)).checksAhead === 1)
  await client.reset(second)
  await until(async () => (await status(second)).state === 'ready')
  expect(await status(second)).toMatchObject({ generation: 1, checking: false, checksAhead: 0 })
  void check(second)
  await until(async () => (await status(second)).checking)
  expect(await waiting).toBe('replaced')
  expect((await status(second)).checking).toBe(true)
})

test('one that is ended leaves the line at once', { timeout }, async () => {
  const { bench, client, first, second, status, check } = await busy()
  await using _ = bench
  const waiting = check(second)
  await until(async () => (await status(second)).checksAhead === 1)
  await client.end(second)
  expect(await waiting).toBe('no-sandbox')
  expect((await status(first)).checking).toBe(true)
})
