/** Why no engine answers: each reason asked of a real socket. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { pingEngine } from './ping.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringside-ping-'))
afterAll(() => rmSync(folder, { recursive: true }))
const socket = (name: string) => join(folder, name)
const ping = (name: string) => pingEngine(`unix://${socket(name)}`, 300)

test('an engine that answers', async () => {
  const engine = createServer((request, response) => {
    response.statusCode = request.url === '/_ping' ? 200 : 404
    response.end('OK')
  })
  await new Promise<void>((resolve) => engine.listen(socket('engine'), resolve))
  expect(await ping('engine')).toBe('answers')
  engine.close()
})

test('nothing is installed', async () => {
  expect(await ping('nowhere')).toBe('missing')
})

test('the daemon was killed and left its socket', async () => {
  const { execFileSync } = await import('node:child_process')
  const leave = `require('net').createServer().listen(${JSON.stringify(socket('left'))}, () => process.kill(process.pid, 'SIGKILL'))`
  expect(() => execFileSync(process.execPath, ['-e', leave])).toThrow()
  expect(await ping('left')).toBe('refused')
})

test('somebody listens who is no engine', async () => {
  const mute = createSocket(() => {})
  await new Promise<void>((resolve) => mute.listen(socket('mute'), resolve))
  expect(await ping('mute')).toBe('silent')
  mute.close()
})

test('an engine behind ssh is left to the Docker library', async () => {
  expect(await pingEngine('ssh://ada@big')).toBe('answers')
})
