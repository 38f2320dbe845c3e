import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { listenersOf } from './listeners.ts'
import { countersOf } from './netstat.ts'
import { numberIn, sectionsOf, shellReaders } from './sections.ts'

describe('counters of the kernel', () => {
  const text =
    'TcpExt: SyncookiesSent ListenOverflows ListenDrops\nTcpExt: 0 412 413\nIpExt: InNoRoutes InOctets\nIpExt: 3 99\n'

  test('have the names that nstat prints', () => {
    expect(countersOf(text)).toEqual({
      TcpExtSyncookiesSent: 0,
      TcpExtListenOverflows: 412,
      TcpExtListenDrops: 413,
      IpExtInNoRoutes: 3,
      IpExtInOctets: 99,
    })
  })

  test('are missing, not zero, when the text is something else', () => {
    expect(countersOf('cat: /proc/net/netstat: No such file')).toEqual({})
    expect(countersOf('TcpExt: ListenOverflows')).toEqual({})
  })
})

describe('listening sockets', () => {
  test('are read with their queue, limit and owners', () => {
    const line =
      'LISTEN 9      8            0.0.0.0:80        0.0.0.0:*    users:(("puma: 6.6.0 (tc",pid=301,fd=5),("systemd",pid=1,fd=40))'
    expect(listenersOf(line)).toEqual([
      {
        recvQ: 9,
        sendQ: 8,
        address: '0.0.0.0',
        port: 80,
        processes: [
          { name: 'puma: 6.6.0 (tc', pid: 301 },
          { name: 'systemd', pid: 1 },
        ],
      },
    ])
  })

  test('of IPv6 and without an owner are read as well; other lines are not', () => {
    const text =
      'LISTEN 0 4096 [::]:22 [::]:*\nESTAB 0 0 198.18.0.2:80 198.18.16.1:40000\nss: command not found\n'
    expect(listenersOf(text)).toMatchObject([{ address: '[::]', port: 22, processes: [] }])
  })
})

describe('one script that reads many things', () => {
  const run = (script: string) =>
    spawnSync('bash', ['-c', shellReaders + script], { encoding: 'utf8' }).stdout

  test('gives each its section, also what is missing', () => {
    const output = run(
      'show release /proc/sys/kernel/ostype\nshow nothing /no/such/file\npart words; echo a; echo b\n',
    )
    expect({ ...sectionsOf(output) }).toEqual({ release: 'Linux', nothing: '', words: 'a\nb' })
  })

  test('gives a number only where there is one', () => {
    const sections = sectionsOf('@@ a\n 12\n@@ b\n12x\n@@ c\n')
    expect(['a', 'b', 'c', 'd'].map((name) => numberIn(sections, name))).toEqual([12, null, null, null])
  })
})
