/** What the files of sysctl and later commands come to. Whatever is said here of a file was seen of systemd-sysctl itself. */
import { describe, expect, test } from 'vitest'
import { bootSettings, sysctlFiles, valueAtBoot, valueByCommand } from './sysctl.ts'

const name = 'net.core.somaxconn'

describe('a file of sysctl.d', () => {
  const value = (...lines: string[]) =>
    valueAtBoot(lines.map((line) => `/etc/sysctl.d/60-a.conf: ${line}`).join('\n'), name, 4096)

  test.each([
    ['with blanks around the sign', 'net.core.somaxconn = 512'],
    ['without any', 'net.core.somaxconn=512'],
    ['indented', '  \tnet.core.somaxconn\t=\t512  '],
    ['with slashes', 'net/core/somaxconn=512'],
    ['with a slash before it', '/net/core/somaxconn = 512'],
    ['that may fail', '-net.core.somaxconn = 512'],
    ['indented that may fail', '  -  net.core.somaxconn = 512'],
    ['with a word after the number, which the kernel does not read', 'net.core.somaxconn = 512 # enough'],
    ['of a file from elsewhere', 'net.core.somaxconn = 512\r'],
    ['that is a pattern', 'net.core.somax* = 512'],
    ['that is a pattern of folders', 'net/*/somaxcon? = 512'],
  ])('sets a value in a line %s', (_, line) => expect(value(line)).toBe(512))

  test.each([
    ['is another', 'net.core.somaxconnect = 512'],
    ['mixes dots and slashes', 'net.core/somaxconn = 512'],
    ['is a remark', '# net.core.somaxconn = 512'],
    ['is an indented remark', '   ; net.core.somaxconn = 512'],
    ['has no sign', 'net.core.somaxconn 512'],
    ['is no number', 'net.core.somaxconn = many'],
    ['has the number in quotation marks', 'net.core.somaxconn = "512"'],
    ['is a pattern that ends before the last slash', 'net.* = 512'],
  ])('sets none in a line that %s', (_, line) => expect(value(line)).toBe(4096))

  test('has the last word with its last line', () => {
    expect(value('net.core.somaxconn = 8', 'net/core/somaxconn=512')).toBe(512)
    expect(value('net.core.somaxconn = 8', 'net.core.somaxconn = many')).toBe(4096)
  })

  test('with a pattern gives way to a line that spells the name out, wherever that stands', () => {
    expect(value('net.core.somaxconn = 8', 'net.core.* = 512')).toBe(8)
    expect(value('net.core.so* = 8', 'net.core.* = 512')).toBe(512)
    expect(value('net.core.* = 512', '-net.core.somaxconn')).toBe(4096)
    expect(value('net.core.somaxconn = 512', '-net.core.somaxconn')).toBe(4096)
  })

  test('with a hostile pattern is soon read', () => {
    expect(value(`${'*s*o*?'.repeat(4_000)} = 512`, `net.core.${'*'.repeat(50)}x = 1`)).toBe(4096)
  })
})

describe('the files of sysctl', () => {
  const lines = [
    '/etc/sysctl.conf: net.core.somaxconn = 1',
    '/etc/sysctl.d/60-a.conf: net.core.somaxconn = 2',
    '/etc/sysctl.d/80 my own: b.conf: net.core.somaxconn = 3',
    '/etc/sysctl.d/80 my own: b.conf:    # a remark',
    '/usr/lib/sysctl.d/70-c.conf: net.core.somaxconn = 4',
    'bash: /etc/sysctl.d/90-d.conf: Permission denied',
  ]

  test('are read in the order of their names, whatever their folders', () => {
    expect(sysctlFiles(lines.join('\n')).read.split('\n')).toEqual([lines[1], lines[4], lines[2]])
    expect(valueAtBoot(sysctlFiles(lines.join('\n')).read, name, 4096)).toBe(3)
  })

  test('do not include sysctl.conf', () => {
    expect(sysctlFiles(lines.join('\n')).unread).toBe(lines[0])
    const { of, isLeftUnread } = bootSettings({ durable: lines[0] as string })
    expect(of(name)).toBeNull()
    expect(isLeftUnread).toBe(true)
    expect(bootSettings({ durable: lines[1] as string }).isLeftUnread).toBe(false)
  })

  test('include sysctl.conf where a command of the boot reads it', () => {
    const withCommand = (command: string) =>
      bootSettings({
        durable: lines.slice(0, 2).join('\n'),
        boot: `/etc/network/interfaces:    ${command}`,
      })
    for (const command of [
      'up sysctl -p',
      'up sysctl -qp || true',
      "up sh -c 'sysctl --system'",
      'up /sbin/sysctl -q --load=/etc/sysctl.conf',
    ]) {
      expect(withCommand(command)).toMatchObject({ isLeftUnread: false })
      expect(withCommand(command).of(name)).toBe('1')
    }
    expect(withCommand('up sysctl -p /root/mine.conf').of(name)).toBe('2')
  })
})

describe('a command of the boot', () => {
  const syncookies = 'net.ipv4.tcp_syncookies'

  test('is heard, and the last of them', () => {
    expect(
      valueByCommand(['up sysctl -qw net.ipv4.tcp_max_syn_backlog=16 net.ipv4.tcp_syncookies=0'], syncookies),
    ).toBe(0)
    expect(
      valueByCommand(
        ['up echo 0 >/proc/sys/net/ipv4/tcp_syncookies', 'sysctl net/ipv4/tcp_syncookies=2'],
        syncookies,
      ),
    ).toBe(2)
    expect(
      valueByCommand(
        ['up echo 0 >/proc/sys/net/ipv4/tcp_syncookies_x', 'net.ipv4.tcp_syncookies=0'],
        syncookies,
      ),
    ).toBeNull()
  })

  test.each([
    'echo "1" | tee /proc/sys/net/ipv4/tcp_syncookies',
    "ExecStart=/bin/sh -c 'echo 1 > /proc/sys/net/ipv4/tcp_syncookies'",
    "printf '%s\\n' 1 >/proc/sys/net/ipv4/tcp_syncookies",
    "ExecStartPost=/usr/sbin/sysctl -w 'net.ipv4.tcp_syncookies = 1'",
    'sh -c "sysctl -w net.ipv4.tcp_syncookies=1"; true',
    'sysctl -w net.ipv4.tcp_syncookies="1"',
    'w /proc/sys/net/ipv4/tcp_syncookies - - - - 1',
  ])('may be spelled %s', (command) => expect(valueByCommand([command], syncookies)).toBe(1))

  test('may set a range, a list, or nothing', () => {
    const [range, reserved] = ['net.ipv4.ip_local_port_range', 'net.ipv4.ip_local_reserved_ports']
    const at = (command: string) => bootSettings({ boot: `/etc/network/interfaces: up ${command}` })
    const both = at(`sysctl -qw ${reserved}= ${range}='32768 60999'`)
    expect(both.of(range)).toBe('32768 60999')
    expect(both.of(reserved)).toBe('')
    expect(at(`sysctl -w "${range} = 1024	65535"`).of(range)).toBe('1024 65535')
    expect(at('echo 1024 65535 >/proc/sys/net/ipv4/ip_local_port_range').of(range)).toBe('1024 65535')
    expect(at('echo 80,8000-9000 >/proc/sys/net/ipv4/ip_local_reserved_ports').of(reserved)).toBe(
      '80,8000-9000',
    )
    expect(at('echo >/proc/sys/net/ipv4/ip_local_reserved_ports').of(reserved)).toBe('')
  })

  test('that sets what nobody can foresee sets nothing', () => {
    expect(valueByCommand(['sysctl -w net.ipv4.tcp_syncookies=$MODE'], syncookies)).toBeNull()
    expect(valueByCommand(['echo $MODE >/proc/sys/net/ipv4/tcp_syncookies'], syncookies)).toBeNull()
  })

  test('stands against the files', () => {
    const sections = {
      durable: '/etc/sysctl.d/99-a.conf: net.core.somaxconn = 8',
      boot: '/etc/rc.local:sysctl -w net.core.somaxconn=512',
      executable: '/etc/rc.local',
    }
    expect(bootSettings(sections).number(name, 4096)).toBe(512)
    expect(bootSettings({ ...sections, executable: '' }).number(name, 4096)).toBe(8)
    expect(bootSettings({}).number(name, 4096)).toBe(4096)
  })

  test('of endless length is soon read', () => {
    expect(valueByCommand([`${'sysctl '.repeat(1_000_000)}x`], syncookies)).toBeNull()
    expect(valueByCommand([`echo ${' '.repeat(1_000_000)}>`], syncookies)).toBeNull()
  })
})
