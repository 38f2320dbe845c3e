import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { sandboxClient } from './client.ts'

/** Takes every connection and answers nothing. */
async function silentService(): Promise<string> {
  const server = createServer(() => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a question to a service that hangs is given up, and says so', async () => {
  const client = sandboxClient({ url: await silentService(), secret: 'x'.repeat(32), patienceMs: 50 })
  await expect(client.status('some')).rejects.toMatchObject({
    status: 503,
    problem: { code: 'service-unavailable' },
  })
})
