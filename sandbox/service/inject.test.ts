/**
 * Another lab's fault on a machine of the service, where it cannot be done to the machine as it runs: it is done to a fresh one. No VM; that it can be
 * done is seen on a real machine (tests/inject.test.ts).
 */
import { expect, test } from 'vitest'
import { openCatalog } from '../../labs/catalog.ts'
import { kindAt, seedOfKind } from '../../labs/kinds.ts'
import { builtPrograms, until } from '../image/test/harness.fixture.ts'
import { ServiceBench } from './bench.fixture.ts'

const programs = builtPrograms()
const catalog = await openCatalog()
const kind = kindAt(catalog.get('accept-queue').lab, 1)
const seedOf = (lab: string) => seedOfKind(catalog.get(lab).lab, kind, 5)

test('a machine that does not let itself be broken anew is replaced by a fresh one of the new lab', {
  timeout: 60_000,
}, async () => {
  await using bench = await ServiceBench.start(programs)
  const { client, sandbox } = bench
  await until(async () => (await client.status(sandbox)).baseline === 'taken')
  const seed = seedOf('fd-limit') ?? -1
  const status = await client.inject(sandbox, { lab: 'fd-limit', seed })
  expect(status).toMatchObject({ lab: 'fd-limit', seed, generation: 1, owner: bench.owner })
  await until(async () => (await client.status(sandbox)).state === 'ready')
  // Once more is once; and Reset brings the new lab back, not the old one.
  expect(await client.inject(sandbox, { lab: 'fd-limit', seed })).toMatchObject({ generation: 1 })
  expect(await client.reset(sandbox)).toMatchObject({ lab: 'fd-limit', seed, generation: 2 })
})

test('a reset in the middle brings one fresh machine, of the new lab', { timeout: 60_000 }, async () => {
  await using bench = await ServiceBench.start(programs, { STANDIN_SCRIPT_MS: '1500' })
  const { client, sandbox } = bench
  await until(async () => (await client.status(sandbox)).baseline === 'taken')
  const seed = seedOf('fd-limit') ?? -1
  const injected = client.inject(sandbox, { lab: 'fd-limit', seed })
  await until(async () => (await client.status(sandbox)).baseline === 'measuring')
  expect(await client.reset(sandbox)).toMatchObject({ lab: 'fd-limit', seed, generation: 1 })
  await until(async () => (await client.status(sandbox)).state === 'ready')
  expect(await injected).toMatchObject({ lab: 'fd-limit', seed, generation: 1 })
  // What the first machine came to says nothing about the second.
  expect(await client.status(sandbox)).toMatchObject({ state: 'ready', generation: 1, problem: null })
})

test('a fault of another kind of machine, or of no lab, changes nothing', { timeout: 60_000 }, async () => {
  await using bench = await ServiceBench.start(programs)
  const { client, sandbox } = bench
  expect(seedOf('silent-drop')).toBeNull()
  await expect(client.inject(sandbox, { lab: 'silent-drop', seed: 1 })).rejects.toMatchObject({
    status: 409,
    problem: { code: 'unfit' },
  })
  await expect(client.inject(sandbox, { lab: 'no-such-lab', seed: 1 })).rejects.toMatchObject({ status: 404 })
  expect(await client.status(sandbox)).toMatchObject({ lab: 'accept-queue', generation: 0 })
})
