/**
 * The doctor's look at what only the sandbox folder can judge: image, templates, and a machine that really boots. Builds nothing but the
 * machine, which it ends again.
 */
import type { Environment } from '../environment.ts'
import { openCatalog } from '../lab-room.ts'
import { machinesOf } from '../machines.ts'
import type { Answer } from './finding.ts'

const notYet = (what: string): Answer => ({
  status: 'warn',
  detail: 'not made yet',
  remedy: `Run \`npm start\`: it makes the ${what}.`,
})

export async function lookAtImage(): Promise<Answer> {
  const { dockerDriver } = await import('../../sandbox/docker.ts')
  const { expectedImage } = await import('../../sandbox/image/build.ts')
  const tag = await expectedImage()
  const id = await dockerDriver().imageId(tag)
  return id ? { status: 'ok', detail: tag } : notYet('image')
}

export async function lookAtTemplates(env: Environment): Promise<Answer> {
  const { hasTemplate } = await import('../../sandbox/template.ts')
  const { driver, image, accel } = await open(env)
  const machines = machinesOf(await openCatalog())
  const there = await Promise.all(machines.map((machine) => hasTemplate({ driver, image, machine, accel })))
  if (there.every(Boolean)) return { status: 'ok', detail: `${machines.length}, made with ${accel}` }
  return { ...notYet('templates'), detail: `${there.filter(Boolean).length} of ${machines.length} are made` }
}

/** The proof of everything below: container, wire, accelerator, template, agent. */
export async function lookAtMachine(env: Environment): Promise<Answer> {
  const sandboxes = await open(env)
  const [lab] = (await openCatalog()).list()
  if (!lab) return { status: 'warn', detail: 'there is no lab to boot', remedy: 'Add a lab.' }
  const machine = await sandboxes.start({ lab, seed: 1, owner: 'cli:doctor', lingerSeconds: 15 })
  const { startMs } = machine.timings
  await machine.dispose()
  const how =
    sandboxes.accel === 'kvm' ? 'with hardware virtualisation (KVM)' : 'by emulation (KVM runs no guest here)'
  return { status: 'ok', detail: `${lab.lab.meta.id} in ${(startMs / 1000).toFixed(1)} s, ${how}` }
}

async function open(env: Environment) {
  const { openSandboxes } = await import('../../sandbox/setup.ts')
  return openSandboxes({ home: env.RINGSIDE_HOME, accel: env.RINGSIDE_ACCEL })
}
