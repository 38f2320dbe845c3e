/**
 * A terminal over the service's own link to the machine, without gateway and WebSocket, and the echo as the world itself sees it at the agent's
 * port: the references of echo. Knows no figure.
 */
import type { Driver } from '../../sandbox/driver.ts'
import { identityFilter, readIdentity } from '../../sandbox/labels.ts'
import { connectLink, type Link, type Subscription } from '../../sandbox/link.ts'
import type { Terminal } from './typist.ts'

export async function openOverLink(driver: Driver, home: string, sandbox: string): Promise<Terminal> {
  const link = await linkTo(driver, home, sandbox)
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

/** Watches from inside the container how long a shell takes to answer, whoever types. */
export interface PortWatch {
  /** Milliseconds of the keys since the last asking; `keys` of them were typed, each followed by a backspace. */
  times(keys: number): Promise<number[]>
  leave(): void
}

export async function watchPort(
  driver: Driver,
  home: string,
  sandbox: string,
  terminal: number,
): Promise<PortWatch> {
  const link = await linkTo(driver, home, sandbox)
  const slot = (await link.hello()).terminals.find(({ serial }) => serial === terminal)?.id
  if (slot === undefined) throw new Error(`The sandbox ${sandbox} has no terminal ${terminal}.`)
  await link.echoTimes(slot)
  return {
    async times(keys) {
      const all = await link.echoTimes(slot)
      // Something else was printed meanwhile: then nobody knows which of them are the keys.
      if (all.length !== 2 * keys) return []
      return all.filter((_, index) => index % 2 === 0).map((us) => us / 1000)
    },
    leave: () => link.close(),
  }
}

export const containerOf = async (driver: Driver, home: string, sandbox: string): Promise<string> => {
  const containers = await driver.list(identityFilter(home))
  const container = containers.find(({ labels }) => readIdentity(labels)?.sandbox === sandbox)
  if (!container) throw new Error(`The sandbox ${sandbox} has no container.`)
  return container.id
}

const linkTo = async (driver: Driver, home: string, sandbox: string): Promise<Link> => {
  const container = await containerOf(driver, home, sandbox)
  return connectLink(await driver.connect(container, ['/usr/lib/ringside/world', 'connect']))
}
