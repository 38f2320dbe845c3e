/**
 * A machine that was handed in: no key arrives there any more, by whatever page and whichever service. No VM, so it goes on running here; that it stands still
 * is seen on a machine that notes what it is told (stay.test.ts) and on a real one (tests/life.test.ts).
 */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { builtPrograms, until } from '../image/test/harness.fixture.ts'
import { ServiceBench } from './bench.fixture.ts'
import { Page } from './page.fixture.ts'

const programs = builtPrograms()

test('what is typed after it was handed in never arrives, and no shell is opened', {
  timeout: 60_000,
}, async () => {
  await using bench = await ServiceBench.start(programs)
  const { client, sandbox } = bench
  await until(async () => (await client.status(sandbox)).baseline !== 'measuring')
  const page = await Page.open({ service: bench, port: bench.port, client: 'owner', terminal: 1 })
  page.session.type('echo be"fore"\r')
  await page.shows(/before\r\n/)
  expect(await client.freeze(sandbox)).toMatchObject({ frozen: true })
  page.session.type('echo af"ter"\r')
  const size = { cols: 80, rows: 24 }
  await expect(client.openTerminal(sandbox, size)).rejects.toMatchObject({ problem: { code: 'handed-in' } })
  await bench.kill()
  await bench.boot()
  await until(() => page.state.phase === 'live', 20_000)
  expect(await client.status(sandbox)).toMatchObject({ frozen: true })
  page.session.type('echo la"ter"\r')
  await delay(1_000)
  expect(page.text).not.toMatch(/after|later|af"ter|la"ter/)
  // That is a fresh one, which nobody has handed in.
  expect(await client.reset(sandbox)).toMatchObject({ frozen: false })
})
