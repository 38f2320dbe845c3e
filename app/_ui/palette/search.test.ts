/** What somebody types, and what the search finds first. */
import { describe, expect, test } from 'vitest'
import { type Entry, excerpt, find, makeIndex, wordsOf } from './search.ts'

const entry = (title: string, text = '', kind: Entry['kind'] = 'section'): Entry => ({
  kind,
  title,
  where: 'The queue',
  href: `/${title}`,
  text,
})
const index = makeIndex([
  entry('The handshake', 'A SYN, a SYN-ACK, an ACK. The accept queue is not full here.'),
  entry('Accept queue', 'Recv-Q and Send-Q of a listener, net.core.somaxconn', 'chapter'),
  entry('TcpExtListenOverflows', 'nstat -az', 'counter'),
  entry('ethtool -g eth0', 'RX descriptors', 'command'),
  entry('Softirq', 'Column 2 of /proc/net/softnet_stat is the backlog of a CPU.'),
])
const titles = (question: string) => find(index, question).map(({ title }) => title)

describe('finds', () => {
  test.each([
    ['accept queue', 'Accept queue'],
    ['somaxconn', 'Accept queue'],
    ['somax', 'Accept queue'],
    ['overflows', 'TcpExtListenOverflows'],
    ['listenoverflows', 'TcpExtListenOverflows'],
    ['softnet', 'Softirq'],
    ['ETHTOOL', 'ethtool -g eth0'],
    ['descr eth0', 'ethtool -g eth0'],
    ['handhsake', 'The handshake'],
    ['handshke', 'The handshake'],
    ['handshakke', 'The handshake'],
    ['hanbshake', 'The handshake'],
  ])('%s', (question, first) => expect(titles(question)[0]).toBe(first))
})

test('every word must be there', () => {
  expect(titles('accept softnet')).toEqual([])
  expect(titles('somaxconn recv')).toEqual(['Accept queue'])
})

test('a title counts more than a text, and nothing is found for nothing', () => {
  expect(titles('accept')).toEqual(['Accept queue', 'The handshake'])
  expect(titles('  -- ')).toEqual([])
  expect(titles('zzzz')).toEqual([])
})

test('a short word is not bent into another', () => expect(titles('szn')).toEqual([]))

test('no more than asked for', () => expect(find(index, 'the', 1)).toHaveLength(1))

test('names are found by their parts', () => {
  expect([...wordsOf('tcp_max_syn')]).toEqual(['tcp_max_syn', 'tcp', 'max', 'max_syn', 'syn'])
  expect(wordsOf('TCPReqQFullDrop')).toContain('drop')
})

test('the excerpt is around the word', () => {
  const text = `${'before '.repeat(20)}the somaxconn limit${' after'.repeat(40)}`
  expect(excerpt(text, 'somaxconn')).toMatch(/^… .*somaxconn.* …$/)
  expect(excerpt('short', 'short')).toBe('short')
  expect(excerpt('short', 'other')).toBe('')
})
