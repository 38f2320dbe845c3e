/** A taken port is told with the variable that moves Ringside elsewhere. */
import { createServer, type Server } from 'node:net'
import { expect, test } from 'vitest'
import { portState, requirePort } from './ports.ts'

async function listening() {
  const server: Server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return { port, close: () => new Promise((resolve) => server.close(resolve)) }
}

test('a port is taken while somebody listens there, and free afterwards', async () => {
  const { port, close } = await listening()
  expect(await portState('127.0.0.1', port)).toBe('taken')
  await expect(requirePort({ variable: 'RINGSIDE_PORT', host: '127.0.0.1', port })).rejects.toMatchObject({
    message: `Port ${port} of 127.0.0.1 is taken by another program.`,
    remedy: expect.stringContaining(`RINGSIDE_PORT=${port + 10} npm start`),
  })
  await close()
  expect(await portState('127.0.0.1', port)).toBe('free')
})

test('an address that this machine does not have is told apart', async () => {
  expect(await portState('192.0.2.1', 4700)).toBe('no such address')
})
