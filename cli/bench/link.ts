/**
 * A terminal over the service's own link to the machine, without gateway and WebSocket: the reference of echo. Knows no figure.
 */
import type { Driver } from '../../sandbox/driver.ts'
import { identityFilter, readIdentity } from '../../sandbox/labels.ts'
import { connectLink, type Subscription } from '../../sandbox/link.ts'
import type { Terminal } from './typist.ts'

export async function openOverLink(driver: Driver, home: string, sandbox: string): Promise<Terminal> {
  const containers = await driver.list(identityFilter(home))
  const container = containers.find(({ labels }) => readIdentity(labels)?.sandbox === sandbox)
  if (!container) throw new Error(`The sandbox ${sandbox} has no container.`)
  const link = connectLink(await driver.connect(container.id, ['/usr/lib/ringside/world', 'connect']))
  const terminal = await link.openTerminal({ cols: 100, rows: 30 })
  let listener: (bytes: Buffer) => void = () => {}
  let typed = 0
  let subscription: Subscription | undefined
  subscription = await link.subscribe({
    terminal,
    client: 'bench-direct',
    from: 'start',
    onOutput: (offset, bytes) => {
      listener(Buffer.from(bytes))
      subscription?.ack(offset + bytes.length)
    },
  })
  return {
    type(bytes) {
      subscription?.type(typed, bytes)
      typed += bytes.length
    },
    onOutput: (hear) => {
      listener = hear
    },
    leave() {
      link.closeTerminal(terminal).finally(() => link.close())
    },
  }
}
