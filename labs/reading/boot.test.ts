import { describe, expect, test } from 'vitest'
import { bootLinesOf } from './boot.ts'

const read = (boot: string[], enabled: string[] = [], executable: string[] = []) =>
  bootLinesOf({
    boot: boot.join('\n'),
    enabled: enabled.join('\n'),
    executable: executable.join('\n'),
  }).map(({ file, text }) => `${file} ${text}`)

describe('what the next boot runs', () => {
  test('comes in the order of the boot, without remarks', () => {
    const lines = [
      '/usr/local/sbin/tune:ethtool -G eth0 rx 5',
      '/etc/systemd/system/networking.service.d/60-memory.conf:ExecStartPost=/usr/sbin/ethtool -G eth0 rx 4',
      '/etc/network/if-up.d/zz-latency:exec /usr/sbin/ethtool -G eth0 rx 3',
      '/etc/network/interfaces:    # post-up ethtool -G eth0 rx 1',
      '/etc/network/interfaces:    post-up ethtool -G eth0 rx 2 # four thousand',
    ]
    expect(read(lines, [], ['/etc/network/if-up.d/zz-latency'])).toEqual([
      '/etc/network/interfaces post-up ethtool -G eth0 rx 2',
      '/etc/network/if-up.d/zz-latency exec /usr/sbin/ethtool -G eth0 rx 3',
      '/etc/systemd/system/networking.service.d/60-memory.conf ExecStartPost=/usr/sbin/ethtool -G eth0 rx 4',
      '/usr/local/sbin/tune ethtool -G eth0 rx 5',
    ])
  })

  test('ends at a remark, not where the next command of a line begins', () => {
    const file = '/etc/network/interfaces'
    expect(read([`${file}:  post-up one ; two # three`, `${file}:  ; post-up four`])).toEqual([
      `${file} post-up one ; two`,
    ])
  })

  test('is not what a later file of the same unit takes back', () => {
    const unit = '/etc/systemd/system/networking.service.d'
    const lines = [
      `${unit}/b.conf:ExecStartPost=`,
      `${unit}/a.conf:ExecStartPost=one`,
      `${unit}/b.conf:ExecStartPost=two`,
      `${unit}/a.conf:ExecStartPre=three`,
      '/etc/systemd/system/a.service.d/a.conf:ExecStartPost=four',
    ]
    expect(read(lines)).toEqual([
      '/etc/systemd/system/networking.service.d/a.conf ExecStartPre=three',
      '/etc/systemd/system/networking.service.d/b.conf ExecStartPost=two',
      '/etc/systemd/system/a.service.d/a.conf ExecStartPost=four',
    ])
  })

  test('is not what a way down runs', () => {
    const file = '/etc/network/interfaces'
    const unit = '/etc/systemd/system/ring.service'
    const lines = [
      ...['down one', 'pre-down two', 'post-down three', 'up downwards'].map((text) => `${file}:  ${text}`),
      ...['ExecStop=four', 'ExecStopPost = five', 'ExecReload=six', 'ExecStartPost=seven'].map(
        (text) => `${unit}:${text}`,
      ),
      '/etc/network/if-down.d/ring:eight',
      '/etc/network/if-post-down.d/ring:nine',
    ]
    const executable = ['/etc/network/if-down.d/ring', '/etc/network/if-post-down.d/ring']
    expect(read(lines, ['ring.service'], executable)).toEqual([
      `${file} up downwards`,
      `${unit} ExecStartPost=seven`,
    ])
  })

  test('leaves out units that are not enabled and scripts that nobody may run', () => {
    const unit = '/etc/systemd/system/ring.service:ExecStart=/usr/sbin/ethtool -G eth0 rx 9'
    expect(read([unit])).toEqual([])
    expect(read([unit], ['ring.service'])).toHaveLength(1)
    const script = '/etc/network/if-up.d/ring:ethtool -G eth0 rx 9'
    expect(read([script])).toEqual([])
    expect(read([script], [], ['/etc/network/if-up.d/ring'])).toHaveLength(1)
  })

  test('has the firewall before the network, and after it whatever else runs', () => {
    const unit = '/etc/systemd/system'
    const lines = [
      `${unit}/room.service:ExecStart=four`,
      '/etc/network/interfaces:    up three',
      `${unit}/nftables.service.d/room.conf:ExecStartPost=two`,
      '/etc/nftables.d/shop.nft:tcp dport 80 one',
    ]
    expect(read(lines, ['room.service']).map((line) => line.split(/[ =]/).pop())).toEqual([
      'one',
      'two',
      'three',
      'four',
    ])
  })

  test('has of tmpfiles what is in files that systemd reads, and sockets that are enabled', () => {
    const line = 'w /proc/sys/net/core/somaxconn - - - - 9'
    expect(read([`/etc/tmpfiles.d/a.conf:${line}`, `/etc/tmpfiles.d/a.conf.old:${line}`])).toHaveLength(1)
    const socket = '/etc/systemd/system/puma.socket:Backlog=9'
    expect(read([socket])).toEqual([])
    expect(read([socket], ['puma.socket'])).toHaveLength(1)
  })

  test('reads further files of interfaces only where the first one names them', () => {
    const more = '/etc/network/interfaces.d/eth0:post-up ethtool -G eth0 rx 9'
    expect(read([more])).toEqual([])
    expect(read([more, '/etc/network/interfaces:source /etc/network/interfaces.d/*'])).toHaveLength(1)
  })

  test('is nothing where the server says nothing', () => {
    expect(bootLinesOf({})).toEqual([])
    expect(read(['grep: /etc/rc.local: No such file', 'nonsense'])).toEqual([])
  })
})
