/** What a machine must have, and what is said where it has not. */
import { expect, test } from 'vitest'
import { controllers, isMounted } from './cgroups.ts'
import type { Host } from './host.ts'
import { thisHost } from './host.ts'
import { diskRoom, ensureTun, memoryRoom } from './machine.ts'

const stub = (fields: Partial<Host>) => ({ ...thisHost(), ...fields }) as Host

test('the tun module is loaded; where that makes no device, root makes it', async () => {
  const done: string[] = []
  const host = stub({
    root: true,
    exists: () => false,
    run: async (command) => {
      done.push(command.join(' '))
      return { code: 0, output: '' }
    },
  })
  await ensureTun(host, () => {})
  expect(done).toEqual(['modprobe tun', 'mkdir -p /dev/net', 'mknod -m 0666 /dev/net/tun c 10 200'])
})

test('without root the command to run is said', async () => {
  await expect(ensureTun(stub({ root: false, exists: () => false }), () => {})).rejects.toMatchObject({
    remedy: expect.stringContaining('sudo modprobe tun'),
  })
})

test('the fullest of the disks decides', () => {
  const host = stub({ freeMb: (path) => (path === '/var/lib/docker' ? 1024 : 50_000) })
  expect(diskRoom(host, ['/work', '/var/lib/docker'], 6000)).toMatchObject({
    ok: false,
    message: '1.0 GB free at /var/lib/docker, 5.9 GB needed',
  })
  expect(diskRoom(host, ['/work'], 6000).ok).toBe(true)
})

test('too little memory is told before it is missed', () => {
  expect(memoryRoom(stub({ availableMemoryMb: () => 500 })).ok).toBe(false)
})

test('this very machine can be asked', () => {
  const host = thisHost()
  expect(host.freeMb('/no/such/folder/yet')).toBeGreaterThan(0)
  expect(host.availableMemoryMb()).toBeGreaterThan(0)
  expect(host.has('sh')).toBe(true)
  expect(host.has('no-such-command')).toBe(false)
})

test('a program’s exit code, output and lines come back; one that is missing is 127', async () => {
  const lines: string[] = []
  const { run } = thisHost()
  const result = await run(['sh', '-c', 'printf "one\\ntwo\\rthree\\n"; exit 5'], (line) => lines.push(line))
  expect(result.code).toBe(5)
  expect(lines).toEqual(['one', 'two', 'three'])
  expect((await run(['/no/such/program'])).code).toBe(127)
})

test('control groups are seen in either version', () => {
  const mounts = (text: string) => ({ read: () => text })
  expect(isMounted(mounts('30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw'))).toBe(true)
  expect(isMounted(mounts('36 25 0:31 / /sys/fs/cgroup/memory rw - cgroup memory rw,memory'))).toBe(true)
  expect(isMounted(mounts('25 20 0:22 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755'))).toBe(false)
  expect(isMounted(mounts('20 1 0:19 / /sys rw - sysfs sysfs rw'))).toBe(false)
  expect(
    controllers('#subsys_name\thierarchy\tnum_cgroups\tenabled\nmemory\t4\t30\t1\nnet_cls\t0\t3\t0\n'),
  ).toEqual(['memory'])
})
