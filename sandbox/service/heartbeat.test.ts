/** Real sockets on loopback; only the clock of the heartbeat is turned by hand. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { heartbeatMs, keepAlive } from './heartbeat.ts'

let server: WebSocketServer
let stop: () => void
const browsers: WebSocket[] = []

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  stop = keepAlive(server)
})

afterEach(async () => {
  stop()
  vi.useRealTimers()
  for (const browser of browsers.splice(0)) browser.terminate()
  await new Promise((resolve) => server.close(resolve))
})

/** Both ends of a new connection. `autoPong` false: a laptop that sleeps. */
async function connect(autoPong: boolean): Promise<{ browser: WebSocket; socket: WebSocket }> {
  const { port } = server.address() as AddressInfo
  const coming = once(server, 'connection')
  const browser = new WebSocket(`ws://127.0.0.1:${port}`, { autoPong })
  browsers.push(browser)
  const [socket] = await coming
  await opened(browser)
  return { browser, socket }
}

async function opened(browser: WebSocket): Promise<void> {
  if (browser.readyState === WebSocket.CONNECTING) await once(browser, 'open')
}

test('whoever answers stays, also where others listen for the answers', async () => {
  const { socket } = await connect(true)
  let heard = 0
  socket.on('pong', () => heard++)
  for (let beat = 1; beat <= 4; beat++) {
    const answer = once(socket, 'pong')
    vi.advanceTimersByTime(heartbeatMs)
    await answer
    expect([heard, socket.readyState]).toEqual([beat, WebSocket.OPEN])
  }
})

test('whoever does not answer one heartbeat is gone at the next, and nobody else', async () => {
  const sleeping = await connect(false)
  const awake = await connect(true)
  const [asked, answered] = [once(sleeping.browser, 'ping'), once(awake.socket, 'pong')]
  vi.advanceTimersByTime(heartbeatMs)
  await Promise.all([asked, answered])
  expect(sleeping.socket.readyState).toBe(WebSocket.OPEN)
  const gone = once(sleeping.browser, 'close')
  vi.advanceTimersByTime(heartbeatMs)
  expect((await gone)[0]).toBe(1006)
  expect(awake.socket.readyState).toBe(WebSocket.OPEN)
})

test('nobody is asked once it is stopped', async () => {
  const { browser, socket } = await connect(true)
  const asked = vi.fn()
  browser.on('ping', asked)
  stop()
  vi.advanceTimersByTime(3 * heartbeatMs)
  const answer = once(browser, 'message')
  socket.send('after')
  await answer
  expect(asked).not.toHaveBeenCalled()
})
