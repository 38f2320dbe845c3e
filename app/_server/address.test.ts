/** Who counts tries by address must not believe what a browser says of itself. */
import { request as ask, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { addressOf, notePeers } from './address.ts'

it('takes the peer of the connection, and only a proxy on this machine is believed', () => {
  const from = (peer: string, forwarded?: string) =>
    addressOf(new Headers({ 'x-ringside-peer': peer, ...(forwarded && { 'x-forwarded-for': forwarded }) }))
  expect(from('192.0.2.7', '10.0.0.1')).toBe('192.0.2.7')
  expect(from('127.0.0.1')).toBe('127.0.0.1')
  expect(from('::ffff:127.0.0.1', '10.0.0.1, 198.51.100.9')).toBe('198.51.100.9')
  expect(addressOf(new Headers())).toBe('unknown')
})

it('notes the peer before anybody handles the request, whatever the browser wrote there', async () => {
  notePeers()
  const server = createServer((request, response) => response.end(request.headers['x-ringside-peer']))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const headers = { 'x-ringside-peer': '203.0.113.5' }
  const said = await new Promise<string>((resolve, reject) => {
    ask({ host: '127.0.0.1', port, headers }, (response) =>
      response.on('data', (data) => resolve(String(data))),
    )
      .on('error', reject)
      .end()
  })
  server.close()
  expect(said).toBe('127.0.0.1')
})
