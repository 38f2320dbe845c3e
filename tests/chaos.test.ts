/**
 * A small `ringside bench chaos` on real machines: whatever is killed, each learner has the same shell again or is told and offered another.
 */

import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { processesIn } from '../cli/bench/chaos/blow.ts'
import { runChaos } from '../cli/bench/chaos.ts'
import { openCatalog } from '../labs/catalog.ts'
import { dockerDriver } from '../sandbox/docker.ts'
import { homeFilter } from '../sandbox/labels.ts'
import { openSandboxes } from '../sandbox/setup.ts'
import { startService } from './support/service.ts'

const minute = 60_000
const lab = (await openCatalog()).get('accept-queue')
const driver = dockerDriver()
const seed = Number(process.env.RINGSIDE_CHAOS_SEED ?? 7)
let home: string

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'ringside-chaos-'))
  // The first of all makes the image and the template.
  await openSandboxes({ home, accel: 'tcg' })
}, 1_200_000)

afterAll(() => rm(home, { recursive: true, force: true }))

test(`of 40 kills over 3 machines each leaves a whole machine or a learner who knows (seed ${seed})`, {
  timeout: 15 * minute,
}, async () => {
  const chaos = await runChaos({ driver, home, accel: 'tcg', lab, kills: 40, machines: 3, seed })
  expect(chaos.lost).toEqual([])
  expect(Object.values(chaos.kills).reduce((sum, one) => sum + one, 0)).toBe(40)
  expect(chaos.whole).toBeGreaterThan(0)
  expect(chaos.told).toBeGreaterThan(0)
  // Volumes are everybody's on this engine, and other tests may make templates.
  expect(chaos.leaked).toMatchObject({ containers: 0, interfaces: 0, processes: 0 })
  expect(chaos.memoryMb).toBeLessThan(96)
  expect(chaos.descriptors).toBeLessThan(16)
})

test('a machine that died while no service was there is told of when there is one again, and Reset works', async () => {
  await using service = await startService()
  const id = randomUUID()
  await service.client.start({ id, lab: 'accept-queue', seed: 1, owner: 'ada' })
  await service.until(id, ({ state }) => state === 'ready', 10 * minute)
  const [container] = await driver.list(homeFilter(service.home))
  await service.kill('SIGKILL')
  const qemu = processesIn(container?.id ?? '').find(({ name }) => name.startsWith('qemu-system'))
  process.kill(qemu?.pid ?? 0, 'SIGKILL')
  await service.restart()
  expect(await service.client.status(id)).toMatchObject({
    state: 'dead',
    problem: {
      code: 'machine-dead',
      message: expect.stringMatching(/QEMU was killed/),
      remedy: expect.stringMatching(/Reset/),
    },
  })
  await service.client.reset(id)
  await service.until(id, ({ state, generation }) => state === 'ready' && generation === 1)
  await expect.poll(async () => (await driver.list(homeFilter(service.home))).length).toBe(1)
})
