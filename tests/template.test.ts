/**
 * Templates on a real engine: one that is broken is told and thrown away, never tried again in silence.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCatalog } from '../labs/catalog.ts'
import type { Machine } from '../labs/schema.ts'
import { templateKey } from '../sandbox/qemu.ts'
import { openSandboxes, type Sandboxes } from '../sandbox/setup.ts'

/** A size that no lab has, so that no real template is touched. */
const machine: Machine = { nic: 'vmxnet3', vcpus: 2, memoryMb: 208, prepare: '' }
let home: string
let sandboxes: Sandboxes

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'ringside-template-'))
  sandboxes = await openSandboxes({ home, accel: 'tcg' })
}, 1_200_000)

afterAll(() => rm(home, { recursive: true, force: true }))

describe('a template that is broken', () => {
  test('is told with what happens next, and thrown away; no container stays behind', async () => {
    const { driver, image } = sandboxes
    const imageId = (await driver.imageId(image)) as string
    const key = templateKey({ imageId, machine, accelerator: 'tcg', hostCpu: '' })
    const data = `ringside-data-test-${randomUUID()}`
    await driver.createVolume(data, { 'ringside.test': 'template' })
    await spoil(data)
    await driver.createVolume(`ringside-template-${key}`, { 'ringside.data': data })

    const found = (await openCatalog()).get('accept-queue')
    const lab = { ...found, lab: { ...found.lab, machine: () => machine } }
    const start = sandboxes.start({ lab, seed: 0, owner: 'cli:test', lingerSeconds: 30 })
    await expect(start).rejects.toThrow(/thrown away; the next start makes it anew/)
    expect(await driver.volume(`ringside-template-${key}`)).toBeNull()
    expect(await sandboxes.find()).toEqual([])
  })
})

/** Memory of the right size and a device state that is none. */
async function spoil(volume: string): Promise<void> {
  const { driver, image } = sandboxes
  const script = `cd /template && busybox dd if=/dev/zero of=ram bs=1M count=0 seek=${machine.memoryMb} && echo rubbish > state && busybox chmod 644 ram state`
  const { id } = await driver.run({
    name: `ringside-test-${randomUUID()}`,
    image,
    command: ['/bin/busybox', 'sh', '-c', script],
    labels: { 'ringside.test': 'template' },
    volumes: [{ name: volume, path: '/template', writable: true }],
    memoryMb: 64,
    cpus: 1,
    kvm: false,
  })
  await driver.wait(id)
}
