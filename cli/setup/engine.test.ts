/** How an engine comes to be: installed, started, told why not. The machine is a stand-in that records what is done to it. */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ensureEngine } from './engine.ts'
import type { Host } from './host.ts'

/** A bare machine as root; `daemon` says what happens when dockerd is started with these flags. */
function machine(daemon: (flags: string[], log: string) => Promise<number>, overrides: Partial<Host> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-engine-'))
  const done: string[] = []
  const servers: Server[] = []
  const installed = new Set<string>()
  const socket = join(folder, 'docker.sock')
  const host: Host = {
    platform: 'linux',
    arch: 'x64',
    root: true,
    user: 'root',
    debian: true,
    systemd: false,
    has: (command) => installed.has(command),
    exists: () => true,
    read: (path) =>
      path === '/proc/self/mountinfo' ? '30 1 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n' : '',
    freeMb: () => 100_000,
    availableMemoryMb: () => 8000,
    async run(command) {
      done.push(command.join(' '))
      if (command.includes('docker.io')) installed.add('dockerd')
      return { code: 0, output: '' }
    },
    startDetached(command, log) {
      done.push(command.join(' '))
      return { ended: daemon(command.slice(1), log) }
    },
    endRunning: () => {},
    ...overrides,
  }
  return {
    host,
    done,
    installed,
    options: { dockerHost: undefined, socket: `unix://${socket}`, logs: folder, note: () => {} },
    answer: () =>
      new Promise<void>((resolve) => {
        servers.push(createServer((_, response) => response.end('OK')).listen(socket, resolve))
      }),
    [Symbol.dispose]() {
      for (const server of servers) server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const runsOn = new Promise<number>(() => {})

test('a bare Debian without an init system: installed with all that its daemon needs, then started', async () => {
  using bare = machine(() => bare.answer().then(() => runsOn))
  await ensureEngine(bare.host, bare.options)
  expect(bare.done.map((line) => line.replace(/-o \S+ /g, ''))).toEqual([
    'apt-get update',
    'apt-get install -y --no-install-recommends docker.io iptables ca-certificates',
    'dockerd',
  ])
})

test('a kernel with AppArmor gets its parser', async () => {
  using bare = machine(() => bare.answer().then(() => runsOn))
  const { read } = bare.host
  bare.host.read = (path) => (path.includes('apparmor') ? 'Y\n' : read(path))
  await ensureEngine(bare.host, bare.options)
  expect(bare.done[1]).toContain('apparmor')
})

test('a daemon that cannot set up a bridge is started without one', async () => {
  using bare = machine(async (flags, log) => {
    if (flags.length > 0) return bare.answer().then(() => runsOn)
    appendFileSync(log, 'failed to start daemon: Error initializing network controller: iptables failed\n')
    return 1
  })
  bare.installed.add('dockerd')
  await ensureEngine(bare.host, bare.options)
  expect(bare.done).toEqual(['dockerd', 'dockerd --iptables=false --ip6tables=false --bridge=none'])
})

test('a daemon that does not start says why', async () => {
  using bare = machine(async (_, log) => {
    appendFileSync(log, 'failed to start daemon: no space left on device\n')
    return 1
  })
  bare.installed.add('dockerd')
  await expect(ensureEngine(bare.host, bare.options)).rejects.toMatchObject({
    message: expect.stringContaining('no space left on device'),
    remedy: expect.stringContaining('dockerd.log'),
  })
  expect(bare.done).toEqual(['dockerd'])
})

test('apt that fails is told with its last words and what to do', async () => {
  using bare = machine(() => runsOn)
  bare.host.run = async () => ({ code: 100, output: 'E: Could not resolve deb.debian.org' })
  await expect(ensureEngine(bare.host, bare.options)).rejects.toMatchObject({
    message: expect.stringMatching(/docker\.io[\s\S]*Could not resolve/),
    remedy: expect.stringContaining('apt-get install -y docker.io'),
  })
})

test('nobody’s machine is changed without root', async () => {
  using bare = machine(() => runsOn)
  bare.host.root = false
  await expect(ensureEngine(bare.host, bare.options)).rejects.toMatchObject({
    remedy: expect.stringContaining('sudo'),
  })
  expect(bare.done).toEqual([])
})
