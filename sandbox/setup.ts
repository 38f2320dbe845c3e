/**
 * Everything that stands before a machine can start: engine, image, accelerator, template. The one door for service and CLI. Knows no HTTP.
 */

import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { InfrastructureError } from '../grader/guest.ts'
import type { LabFolder } from '../labs/folder.ts'
import type { Machine } from '../labs/schema.ts'
import { dockerDriver } from './docker.ts'
import type { ContainerInfo, Driver } from './driver.ts'
import { type FoundSandbox, finder } from './find.ts'
import { ensureImage } from './image/build.ts'
import type { SandboxIdentity } from './labels.ts'
import { attachMachine, type RunningMachine, type StartOptions, startMachine } from './machine.ts'
import { adoptPooled, makePooled, type PooledMachine } from './pooled.ts'
import type { Accelerator } from './qemu.ts'
import { BrokenTemplateError } from './raise.ts'
import {
  dropTemplate,
  ensureTemplate,
  findTemplate,
  hasTemplate,
  removeStaleTemplates,
  type Template,
} from './template.ts'

export interface SandboxesOptions {
  /** The installation's state folder. */
  home: string
  accel: 'auto' | Accelerator
  driver?: Driver
  onProgress?: (line: string) => void
}

export interface StartRequest {
  lab: LabFolder
  seed: number
  owner: string
  /** How long the machine outlives whoever holds a connection to it. */
  lingerSeconds: number
  id?: string
  generation?: number
  lifetimeMinutes?: number
  /** Where to look for a machine that is ready; without one the start is cold. */
  pool?: StartPool
  asked?: number
  onStep?: StartOptions['onStep']
}

/** What a start wants of a pool. */
export interface StartPool {
  take(machine: Machine, key: string): PooledMachine | null
  /** `lab` null: a reset, whose seat is taken already. */
  noteStart(lab: string | null, machine: Machine): void
  noteFailure(machine: Machine, reason: string): void
}

export interface Sandboxes {
  driver: Driver
  image: string
  accel: Accelerator
  /** Makes the template of a machine profile when it is missing. */
  prepare(machine: Machine): Promise<Template>
  start(request: StartRequest): Promise<RunningMachine>
  /** Every sandbox of this installation, running or not. */
  find(narrow?: Partial<Pick<SandboxIdentity, 'owner' | 'lab'>>): Promise<FoundSandbox[]>
  /** Whoever gives it up while it is under way says so by the signal. */
  attach(found: FoundSandbox, lab: LabFolder, givenUp?: AbortSignal): Promise<RunningMachine>
  /** A machine for the pool, of the template as it is now. */
  makePooled(machine: Machine, lingerSeconds: number): Promise<PooledMachine>
  /** @throws ClaimedError when it is somebody's */
  adoptPooled(container: ContainerInfo): Promise<PooledMachine>
  /** Machines of the pool that an earlier process made and, as far as `find` has told, did not hand out. */
  findPooled(): Promise<ContainerInfo[]>
  /** What a machine of the pool would be restored from now; null when there is no such template yet. */
  poolKey(machine: Machine): Promise<string | null>
}

export type { FoundSandbox } from './find.ts'

/** @throws EngineError when no engine answers; InfrastructureError when no accelerator boots */
export async function openSandboxes(options: SandboxesOptions): Promise<Sandboxes> {
  const { home, onProgress = () => {} } = options
  const driver = options.driver ?? dockerDriver()
  await driver.version()
  const image = await ensureImage(driver, onProgress)
  await removeStaleTemplates(driver)
  const accel = await chooseAccel({ ...options, driver, image, onProgress })
  const templates = new Map<string, Promise<Template>>()
  const found = finder(driver, home)

  function prepare(machine: Machine): Promise<Template> {
    const name = JSON.stringify(machine)
    let template = templates.get(name)
    if (!template) {
      template = ensureTemplate({ driver, image, machine, accel, onProgress })
      template.catch(() => templates.delete(name))
      templates.set(name, template)
    }
    return template
  }

  /** A template that must be made first takes a minute: the learner is told, and for how long. */
  async function prepareAloud(machine: Machine, onStep: StartOptions['onStep']): Promise<Template> {
    if (await hasTemplate({ driver, image, machine, accel })) return prepare(machine)
    const began = performance.now()
    const step = { id: 'template', title: 'A machine of this kind is made (once)' } as const
    onStep?.({ ...step, ms: null })
    const template = await prepare(machine)
    onStep?.({ ...step, ms: Math.round(performance.now() - began) })
    return template
  }

  /** A template can be broken, by a full disk or a host that lost power: it is thrown away, not tried again in silence. */
  async function renew(template: Template, error: unknown): Promise<never> {
    if (!(error instanceof BrokenTemplateError)) throw error
    templates.clear()
    await dropTemplate(driver, template)
    throw new InfrastructureError(
      `The saved machine could not be restored (${error.message}). It has been thrown away; the next start makes it anew.`,
      { cause: error },
    )
  }

  /**
   * A machine that waits in the pool. What has stood there gets no chance to fail a learner: when it turns out unfit, the start is cold.
   */
  async function startWarm(
    options: StartOptions,
    kind: Machine,
    pool: StartPool,
  ): Promise<RunningMachine | null> {
    const taken = pool.take(kind, options.template.volume)
    const { lab, generation } = options.identity
    pool.noteStart(generation === 0 ? lab : null, kind)
    if (!taken) return null
    try {
      return await startMachine({ ...options, pooled: taken })
    } catch (error) {
      pool.noteFailure(kind, `A machine of the pool was unfit: ${String(error)}`)
      return null
    }
  }

  return {
    driver,
    image,
    accel,
    prepare,
    async start({ lab, seed, owner, lingerSeconds, pool, onStep, ...request }) {
      const kind = lab.lab.machine(lab.lab.variant(seed))
      const template = await prepareAloud(kind, onStep)
      const now = Date.now()
      const identity: SandboxIdentity = {
        home,
        sandbox: request.id ?? randomUUID(),
        owner,
        lab: lab.lab.meta.id,
        seed,
        generation: request.generation ?? 0,
        started: new Date(now).toISOString(),
        expires: new Date(now + (request.lifetimeMinutes ?? 120) * 60_000).toISOString(),
      }
      const { asked } = request
      const options = { driver, image, template, lab, identity, lingerSeconds, asked, onStep }
      const warm = pool ? await startWarm(options, kind, pool) : null
      return warm ?? startMachine(options).catch((error) => renew(template, error))
    },
    find: found.sandboxes,
    findPooled: found.unclaimed,
    async makePooled(machine, lingerSeconds) {
      const template = await prepare(machine)
      const options = { driver, image, template, home, lingerSeconds }
      return makePooled(options, found.claim).catch((error) => renew(template, error))
    },
    adoptPooled: (container) => adoptPooled(driver, container, found.claim),
    async poolKey(machine) {
      return (await findTemplate({ driver, image, machine, accel }))?.volume ?? null
    },
    attach: ({ container, identity }, lab, givenUp) =>
      attachMachine(driver, container, identity, lab, givenUp),
  }
}

const choiceSchema = z.object({ image: z.string(), boot: z.string(), accel: z.enum(['tcg', 'kvm']) })

/**
 * KVM only after a machine really booted with it: on some hosts /dev/kvm opens, creates a VM, and the guest never runs. The answer is
 * remembered until the image changes or the host reboots.
 */
async function chooseAccel(
  options: SandboxesOptions & { driver: Driver; image: string },
): Promise<Accelerator> {
  const { accel, home, driver, image, onProgress = () => {} } = options
  if (accel !== 'auto') return accel
  if (!(await readFile('/proc/misc', 'utf8').catch(() => '')).includes('kvm')) return 'tcg'
  const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
  const file = path.join(home, 'accel.json')
  const remembered = await readFile(file, 'utf8').then(
    (text) => choiceSchema.safeParse(JSON.parse(text)),
    () => null,
  )
  if (remembered?.success && remembered.data.image === image && remembered.data.boot === boot)
    return remembered.data.accel
  const chosen = await tryKvm(driver, image, onProgress)
  await mkdir(home, { recursive: true })
  await writeFile(file, JSON.stringify({ image, boot, accel: chosen }))
  return chosen
}

const plainMachine: Machine = { nic: 'vmxnet3', vcpus: 2, memoryMb: 256, prepare: '' }
const kvmDeadlineMs = 25_000

async function tryKvm(
  driver: Driver,
  image: string,
  onProgress: (line: string) => void,
): Promise<Accelerator> {
  onProgress('trying hardware virtualisation (KVM)')
  try {
    const machine = plainMachine
    await ensureTemplate({ driver, image, machine, accel: 'kvm', bootTimeoutMs: kvmDeadlineMs, onProgress })
    return 'kvm'
  } catch (error) {
    const reason = error instanceof InfrastructureError ? error.message : String(error)
    onProgress(`KVM does not run a guest here (${reason}); emulating`)
    return 'tcg'
  }
}
