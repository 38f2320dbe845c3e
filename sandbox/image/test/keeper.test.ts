/** What the keeper starts: not QEMU here, but programs of the tests' own in its place, in a network of their own. */
import { execFile } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { Bench, builtPrograms, until } from './harness.fixture.ts'
import { canHaveNetworks, Network } from './network.fixture.ts'

const run = promisify(execFile)
const minute = 60_000
const programs = builtPrograms()
const { EACCES, ENOSYS } = os.constants.errno

describe.skipIf(!canHaveNetworks())('what runs in QEMU’s place', () => {
  test('makes no socket, neither by a call nor by a ring that would make it unseen', {
    timeout: minute,
  }, async () => {
    const calls = path.join(programs.folder, 'calls')
    await run('cc', ['-D_GNU_SOURCE', path.join(import.meta.dirname, 'calls.c'), '-o', calls])
    await using network = await Network.open()
    await using bench = await Bench.start(programs, { network, qemu: [calls] })
    const link = bench.link()
    await until(async () => (await link.hello()).state === 'dead')
    const { reason } = await link.hello()
    expect(reason).toContain(`socket=${EACCES} socketpair=${EACCES} io_uring_setup=${ENOSYS} getpid=0`)
    if (process.arch === 'x64') expect(reason).toContain(`x32: socket=${EACCES} io_uring_setup=${EACCES}`)
  })

  test('and does not answer when it is to pause is ended within twenty seconds, and told of', {
    timeout: minute,
  }, async () => {
    // An agent that is ready, and a monitor that nobody reads.
    const silent = ['/bin/sh', '-c', "printf '\\0\\0\\0\\0\\227\\0' >&4; exec sleep 60"]
    await using network = await Network.open()
    await using bench = await Bench.start(programs, { network, qemu: silent })
    const link = bench.link()
    const died = new Promise((resolve) => link.onDead(resolve))
    await until(async () => (await link.hello()).state === 'running')
    await expect(link.pause()).rejects.toThrow('QEMU does not answer')
    expect(await died).toBe('QEMU does not answer')
    expect(await link.hello()).toMatchObject({ state: 'dead', reason: 'QEMU does not answer' })
    // It is gone, and its end is not taken for another death.
    await until(async () => (await link.hello()).agent === 'down')
    expect((await link.hello()).reason).toBe('QEMU does not answer')
  })
})
