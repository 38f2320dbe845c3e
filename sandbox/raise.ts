/**
 * A container with its VM awake and a shell at its prompt: the half of a start that is the same for every lab, so that it can be done ahead
 * of time. Knows no lab.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { InfrastructureError } from '../grader/guest.ts'
import type { ContainerInfo, Driver } from './driver.ts'
import { connectLink, type Link } from './link.ts'
import { sandboxCommand, type Template, templateMount } from './template.ts'

export interface RaiseOptions {
  driver: Driver
  image: string
  template: Template
  name: string
  labels: Record<string, string>
  lingerSeconds: number
}

/** The VM died while it was restored: what was saved cannot be used. */
export class BrokenTemplateError extends InfrastructureError {
  override name = 'BrokenTemplateError'
}

/** Beside the guest's own memory: QEMU, its translated code, the world, and the moments of the learner. */
const besideGuestMb = 256
/** Beside the guest's own processors: QEMU's devices and the world. */
const besideGuestCpus = 1
const readyTimeoutMs = 20_000
const promptTimeoutMs = 10_000
/** The first terminal of every machine, opened before it is handed out. Its size is corrected when a browser attaches. */
const firstTerminal = { cols: 100, rows: 30 }
const connectCommand = ['/usr/lib/ringside/world', 'connect']

export function runContainer(options: RaiseOptions): Promise<ContainerInfo> {
  const { driver, image, template, name, labels, lingerSeconds } = options
  return driver.run({
    name,
    image,
    command: sandboxCommand(template, lingerSeconds),
    labels,
    volumes: [templateMount(template)],
    memoryMb: template.machine.memoryMb + besideGuestMb,
    cpus: template.machine.vcpus + besideGuestCpus,
    kvm: template.accel === 'kvm',
  })
}

/** A connection to the world of a container, until the signal closes it. While one is open the container does not end by itself. */
export async function reach(driver: Driver, container: string, givenUp?: AbortSignal): Promise<Link> {
  const link = connectLink(await driver.connect(container, connectCommand))
  if (givenUp?.aborted) link.close()
  else givenUp?.addEventListener('abort', () => link.close(), { once: true })
  return link
}

/** @throws BrokenTemplateError when the VM died of what it was restored from */
export async function awaken(driver: Driver, container: string): Promise<Link> {
  const link = await reach(driver, container)
  try {
    await untilReady(link)
    return link
  } catch (error) {
    const { state, reason } = await link.hello()
    throw state === 'dead' ? new BrokenTemplateError(reason, { cause: error }) : error
  }
}

export async function untilReady(link: Link): Promise<void> {
  await link.waitReady(readyTimeoutMs)
}

/** @returns the terminal, once its prompt has come */
export async function firstPrompt(link: Link): Promise<number> {
  const terminal = await link.openTerminal(firstTerminal)
  const deadline = performance.now() + promptTimeoutMs
  while (performance.now() < deadline) {
    const { terminals } = await link.hello()
    if (terminals.some((one) => one.id === terminal && one.end > 0)) return terminal
    await delay(10)
  }
  throw new InfrastructureError('The machine runs, but its shell shows no prompt.')
}
