import { describe, expect, test } from 'vitest'
import { pipelines, writtenBy } from './shell-line.ts'

describe('a typed line', () => {
  test.each([
    ['ss -lnt', [['ss -lnt']]],
    ['nstat -az | grep -i listen|wc -l', [['nstat -az', 'grep -i listen', 'wc -l']]],
    ['cd /tmp; ls && sysctl -a || date &', [['cd /tmp'], ['ls'], ['sysctl -a'], ['date']]],
    ['sudo /usr/sbin/ethtool -S eth0', [['ethtool -S eth0']]],
    ['LANG=C nice -n 5 ss -s', [['ss -s']]],
    ['timeout -s KILL 20 strace -c -p $(pgrep -o puma)', [['strace -c -p $'], ['pgrep -o puma']]],
    ['watch -n 1 -d ss -lnt', [['ss -lnt']]],
    ["watch -n1 'nstat -az | grep Listen; ss -s'", [['nstat -az', 'grep Listen'], ['ss -s']]],
    ["bash -c 'ip -s link'", [['ip -s link']]],
    ['pgrep puma | xargs -n 1 lsof -p', [['pgrep puma', 'lsof -p']]],
    ['while sleep 1; do tc -s qdisc; done', [['sleep 1'], ['tc -s qdisc'], ['done']]],
    ['for i in 1 2; do ↵ nft list ruleset ↵ done', [['for i in 1 2'], ['nft list ruleset'], ['done']]],
    ['(conntrack -S)', [['conntrack -S']]],
    ['if ! ss -lnt; then date; fi', [['ss -lnt'], ['date'], ['fi']]],
    ['ss -lnt >/tmp/ss 2>&1', [['ss -lnt']]],
    ['echo 4096 > /proc/sys/net/core/somaxconn', [['echo 4096']]],
    ['wc -l < /proc/net/softnet_stat', [['wc -l /proc/net/softnet_stat']]],
    ['ss -lnt # not tcpdump', [['ss -lnt']]],
    [`echo "a | b" 'c; d' e\\ f`, [['echo a | b c; d e f']]],
    ['echo don"t stop', [['echo don"t stop']]],
    ['', []],
    ['   ', []],
    ['|;&&', []],
  ])('%s', (line, expected) => {
    expect(pipelines(line).map((one) => one.map((words) => words.join(' ')))).toEqual(expected)
  })

  test.each([
    ['ss -lnt >/tmp/ss 2>&1', ['/tmp/ss']],
    ['ls 2>errors >> "all of it" | wc', ['all of it', 'errors']],
    ["sh -c 'echo 1 >/proc/sys/a'; date >$(echo b > c)", ['$', '/proc/sys/a', 'c']],
    [`awk '$2 > 100' <in 2>&-`, []],
  ])('%s writes into %j', (line, files) => {
    expect(writtenBy(line).sort()).toEqual(files)
  })

  test('of any letters is read in no time and never throws', () => {
    const began = performance.now()
    for (const piece of ['$(', '`', '"', "'", '\\', '((', 'watch ', "bash -c '", '|', '<>', '👻\ud800', 'a='])
      expect(pipelines(piece.repeat(200))).toBeInstanceOf(Array)
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})
