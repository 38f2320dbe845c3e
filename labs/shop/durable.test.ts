/** What the guest's shell prints of the files that a boot reads. The folders are made up, the shell is real. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bootPart as commandsPart } from '../reading/boot.ts'
import { sectionsOf, shellReaders } from '../reading/sections.ts'
import { bootPart, durablePart } from './evidence.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'durable-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function put(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

function printed(part: string): string[] {
  const script = shellReaders + part.replaceAll(/ \/(etc|usr)\//g, ` ${root}/$1/`)
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', timeout: 5_000 })
  expect(stderr).toBe('')
  return Object.values(sectionsOf(stdout.replaceAll(root, '')))[0]?.split('\n') ?? []
}

test('a last line without an end is a line', () => {
  put('/etc/sysctl.d/x.conf', 'kernel.panic = 1\nnet.core.somaxconn=4096')
  expect(printed(durablePart('somaxconn'))).toEqual(['/etc/sysctl.d/x.conf: net.core.somaxconn=4096'])
  put('/etc/nftables.d/x.nft', 'tcp dport 80 accept\ntcp dport 80 notrack')
  expect(printed(bootPart('*notrack*'))).toEqual(['/etc/nftables.d/x.nft: tcp dport 80 notrack'])
})

test('commands are found in the firewall’s files, sockets and drop-ins, too', () => {
  put('/etc/nftables.conf', 'include "/etc/nftables.d/*.nft"\n')
  put('/etc/nftables.d/a.nft', 'tcp dport 80 notrack')
  put('/etc/systemd/system/puma.socket', '[Socket]\nBacklog=9')
  put('/etc/systemd/system/puma.service.d/a.conf', '[Service]\nExecStart=\n')
  expect(printed(commandsPart('*notrack* | *Backlog* | *ExecStart*'))).toEqual([
    '/etc/nftables.d/a.nft:tcp dport 80 notrack',
    '/etc/systemd/system/puma.socket:Backlog=9',
    '/etc/systemd/system/puma.service.d/a.conf:ExecStart=',
  ])
})

test('patterns are lines about every name', () => {
  put('/etc/sysctl.d/x.conf', 'net.core.* = 9\nnet.ipv4.ip_forward = 1\n#net.core.? = 5\n')
  expect(printed(durablePart('somaxconn'))).toEqual(['/etc/sysctl.d/x.conf: net.core.* = 9'])
})

test('a file hides those of its name in later folders, though there is nothing in it', () => {
  const line = 'net.core.somaxconn = 1\n'
  for (const folder of ['/etc', '/usr/local/lib', '/usr/lib'])
    for (const name of ['10-a.conf', `${folder.length}0-b.conf`]) put(`${folder}/sysctl.d/${name}`, line)
  symlinkSync('/dev/null', join(root, '/etc/sysctl.d/140-b.conf'))
  put('/etc/sysctl.d/90-c.conf', '')
  put('/usr/lib/sysctl.d/90-c.conf', line)
  put('/etc/sysctl.d/README', line)
  put('/etc/sysctl.conf', line)
  expect(printed(durablePart('somaxconn')).map((one) => one.split(':')[0])).toEqual([
    '/etc/sysctl.d/10-a.conf',
    '/etc/sysctl.d/40-b.conf',
    '/usr/lib/sysctl.d/80-b.conf',
    '/etc/sysctl.conf',
  ])
})

test('no file keeps the reader waiting or makes it do anything', () => {
  mkdirSync(join(root, '/etc/sysctl.d'), { recursive: true })
  spawnSync('bash', ['-c', `mkfifo ${root}/etc/sysctl.d/10-pipe.conf`])
  symlinkSync('/dev/zero', join(root, '/etc/sysctl.d/20-endless.conf'))
  put('/etc/sysctl.d/30 $(touch done) ].conf', 'net.core.somaxconn = 1 $(touch done)')
  expect(printed(durablePart('somaxconn'))).toEqual([
    '/etc/sysctl.d/30 $(touch done) ].conf: net.core.somaxconn = 1 $(touch done)',
  ])
})
