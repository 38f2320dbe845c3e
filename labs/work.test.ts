import { describe, expect, test } from 'vitest'
import { firstLook, toolsUsed } from './work.ts'

const typed = (...lines: string[]) => lines.map((line, index) => ({ at: index * 60, line }))

describe('the tools that were used', () => {
  test('are counted once a command, with the time of the first', () => {
    const commands = typed('ls', 'ss -lnt', 'nstat -az | grep Listen', 'ss -s; ss -lnt', 'watch -n1 nstat')
    expect(toolsUsed(commands)).toEqual([
      { tool: 'ss', count: 2, first: 60 },
      { tool: 'nstat', count: 2, first: 120 },
    ])
  })

  test('are programs that run, not words', () => {
    expect(
      toolsUsed(typed('man ss', 'echo tcpdump', 'which nstat', 'apt install ethtool', '# tc -s')),
    ).toEqual([])
  })

  test('hold the files of the kernel, those of a process as one', () => {
    const commands = typed(
      'cat /proc/net/softnet_stat',
      'ls /proc/731/fd | wc -l',
      'ls /proc/$(pgrep -o puma)/fd',
      'cat /proc/sys/net/core/somaxconn',
      'echo 1 > /proc/sys/net/ipv4/tcp_syncookies',
    )
    expect(toolsUsed(commands).map(({ tool, count }) => [tool, count])).toEqual([
      ['/proc/net/softnet_stat', 1],
      ['/proc/…/fd', 2],
      ['/proc/sys/net', 1],
    ])
  })

  test('are few, whatever was typed', () => {
    const commands = Array.from({ length: 200 }, (_, n) => ({
      at: null,
      line: `cat /proc/a${n}/b /proc/b${n}`,
    }))
    expect(toolsUsed(commands).length).toBeLessThanOrEqual(30)
  })
})

describe('the first look at a counter', () => {
  const commands = typed('ss -lnt', 'nstat -az | grep Retrans', 'nstat -az', 'nstat TcpExtListenOverflows')
  test('is the first command that shows it', () => {
    expect(firstLook(commands, 'TcpExtListenOverflows')).toEqual({ at: 120, line: 'nstat -az' })
    expect(firstLook(commands, 'ListenRecvQ')?.at).toBe(0)
  })

  test('is none when no command shows it, or no such counter is known', () => {
    expect(firstLook(commands, 'ConntrackDrop')).toBeNull()
    expect(firstLook(commands, 'TheMoon')).toBeNull()
    expect(firstLook([], 'ListenRecvQ')).toBeNull()
  })
})
