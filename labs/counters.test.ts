import { describe, expect, test } from 'vitest'
import { counterId, counters } from './counters.ts'

describe('a named counter', () => {
  test.each([
    ['TcpExtListenOverflows', 'TcpExtListenOverflows'],
    ['ListenOverflows', 'TcpExtListenOverflows'],
    ['  tcpext: listenoverflows ', 'TcpExtListenOverflows'],
    ['TcpExtListenDrops', 'TcpExtListenDrops'],
    ['RetransSegs', 'TcpRetransSegs'],
    ['TcpExtTCPReqQFullDrop', 'TcpExtTCPReqQFullDrop'],
    ['TCPReqQFullDrop', 'TcpExtTCPReqQFullDrop'],
  ])('%s is found as %s', (typed, id) => expect(counterId(typed)).toBe(id))

  test('is null when the course knows no such counter', () => {
    expect(counterId('Overflows')).toBeNull()
    expect(counterId('')).toBeNull()
  })
})

test('every counter is found under its own name only', () => {
  expect(counters.map(({ id }) => counterId(id))).toEqual(counters.map(({ id }) => id))
})
