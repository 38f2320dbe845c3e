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
})
