/** What a service that begins does with machines of the pool that an earlier one left: no engine and no machine. */
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { InfrastructureError } from '../../grader/guest.ts'
import { openCatalog } from '../../labs/catalog.ts'
import { Admission } from '../admission.ts'
import { type ContainerInfo, EngineError } from '../driver.ts'
import { poolLabels } from '../labels.ts'
import { ClaimedError, type PooledMachine } from '../pooled.ts'
import type { Sandboxes } from '../setup.ts'
import { openPool } from './pool.ts'

const labs = await openCatalog()
const key = 'ringside-data-1'

test('what is somebody’s or out of reach is left alone, what is unfit is removed, and the pool is kept full whatever cannot be removed', async () => {
  const home = await mkdtemp(path.join(os.tmpdir(), 'ringside-service-pool-'))
  const asked: string[] = []
  let made = 0
  const errors: Record<string, Error> = {
    claimed: new ClaimedError('It is somebody’s.'),
    away: new EngineError('No Docker engine answers.', ''),
    unfit: new InfrastructureError('A machine of the pool is not ready.'),
    stuck: new InfrastructureError('A machine of the pool is not ready.'),
  }
  const container = (id: string): ContainerInfo => ({
    ...{ id, name: id, running: true },
    labels: poolLabels(home, key),
  })
  const waiter: Partial<PooledMachine> = { key, onDead() {}, release() {} }
  const sandboxes: Partial<Sandboxes> = {
    driver: {
      async remove(id: string) {
        asked.push(id)
        if (id === 'stuck') throw new EngineError('busy', '')
      },
    } as Partial<Sandboxes['driver']> as Sandboxes['driver'],
    poolKey: async () => key,
    findPooled: async () => Object.keys(errors).map(container),
    adoptPooled: ({ id }) => Promise.reject(errors[id]),
    makePooled: async () => {
      made++
      return waiter as PooledMachine
    },
  }
  const pool = await openPool({
    ...{ sandboxes: sandboxes as Sandboxes, labs, home, usual: 1, lingerSeconds: 60 },
    admission: new Admission({ starts: 4, checks: 2 }),
    log: () => {},
  })
  await pool.recover()
  expect(asked.toSorted()).toEqual(['stuck', 'unfit'])
  await expect.poll(() => made).toBeGreaterThan(0)
  pool.close()
  await rm(home, { recursive: true, force: true })
})
