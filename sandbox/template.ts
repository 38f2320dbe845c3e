/**
 * VM templates: a machine profile booted once, its memory and device state kept in a Docker volume that every sandbox restores from,
 * copy-on-write. Knows the driver port and QEMU's arguments; knows no lab.
 */
import { randomBytes } from 'node:crypto'
import os from 'node:os'
import { InfrastructureError } from '../grader/guest.ts'
import type { Machine } from '../labs/schema.ts'
import type { ContainerSpec, Driver, VolumeInfo } from './driver.ts'
import { connectLink } from './link.ts'
import { type Accelerator, qemuArgv, templateFiles, templateKey } from './qemu.ts'

export interface Template {
  key: string
  /** The volume that holds memory and state. */
  volume: string
  machine: Machine
  accel: Accelerator
}

export interface TemplateOptions {
  driver: Driver
  image: string
  machine: Machine
  accel: Accelerator
  /** With KVM a guest may never run although the device opens: how long to wait for one. */
  bootTimeoutMs?: number
  onProgress?: (line: string) => void
}

const prepareTimeoutMs = 60_000
const pointerPrefix = 'ringside-template-'
const dataPrefix = 'ringside-data-'
/** Three deadlines of a boot and more: whoever makes one still is not disturbed. */
const longestMakingMs = 3_600_000
const longAgo = '1970-01-01'

/** The template of a machine, made when it is not there. Any number of processes may ask at once; one result stays. */
export async function ensureTemplate(options: TemplateOptions): Promise<Template> {
  const found = await findTemplate(options)
  if (found) return found
  const { machine, accel } = options
  const key = await keyOf(options)
  return { key, volume: await makeTemplate(options, key), machine, accel }
}

/** The template when it is there already, else null. */
export async function findTemplate(options: TemplateOptions): Promise<Template | null> {
  const { driver, machine, accel } = options
  const key = await keyOf(options)
  const volume = await findVolume(driver, key)
  return volume === null ? null : { key, volume, machine, accel }
}

/** Whether the template is there already: the doctor's question. */
export async function hasTemplate(options: TemplateOptions): Promise<boolean> {
  return (await findTemplate(options)) !== null
}

/** Forgets a template that turned out broken, so that the next start makes it anew. */
export async function dropTemplate(driver: Driver, template: Template): Promise<void> {
  await driver.removeVolume(pointerPrefix + template.key)
  await driver.removeVolume(template.volume)
}

/** Removes what belongs to images that are no longer there, and what is half made since its maker was killed. One in use stays until another time. */
export async function removeStaleTemplates(
  driver: Pick<Driver, 'listVolumes' | 'imageId' | 'removeVolume'>,
): Promise<void> {
  const volumes = await driver.listVolumes({ 'ringside.image': '' })
  const whole = new Set(volumes.map(({ labels }) => labels['ringside.data']))
  const isHalf = ({ name, labels }: VolumeInfo): boolean =>
    name.startsWith(dataPrefix) &&
    !whole.has(name) &&
    Date.now() - Date.parse(labels['ringside.began'] ?? longAgo) > longestMakingMs
  for (const volume of volumes) {
    const image = volume.labels['ringside.image'] as string
    if (isHalf(volume) || (await driver.imageId(image)) === null)
      await driver.removeVolume(volume.name).catch(() => {})
  }
}

/** What `world` is started with to restore this template. */
export function sandboxCommand(template: Template, lingerSeconds: number): string[] {
  const { machine, accel } = template
  return worldCommand(
    ['--mode', 'restore', '--state', templateFiles.state, '--ram', templateFiles.ram],
    lingerSeconds,
    machine,
    accel,
    'restore',
  )
}

export const templateMount = (template: Template): ContainerSpec['volumes'][number] => ({
  name: template.volume,
  path: '/template',
  writable: false,
})

/**
 * A pointer volume is the mark of completeness: creating a volume is atomic, and the first one's labels stay, so that two processes
 * that made the same template agree on one and a half-made one is never found.
 */
async function findVolume(driver: Driver, key: string): Promise<string | null> {
  const pointer = await driver.volume(pointerPrefix + key)
  const data = pointer?.labels['ringside.data']
  if (!data) return null
  if (await driver.volume(data)) return data
  await driver.removeVolume(pointerPrefix + key)
  return null
}

async function makeTemplate(options: TemplateOptions, key: string): Promise<string> {
  const { driver, image } = options
  const labels = { 'ringside.image': image, 'ringside.template': key }
  const data = `${dataPrefix}${key}-${randomBytes(4).toString('hex')}`
  await driver.createVolume(data, { ...labels, 'ringside.began': new Date().toISOString() })
  try {
    await bootAndSave(options, data)
    const pointer = await driver.createVolume(pointerPrefix + key, { ...labels, 'ringside.data': data })
    const winner = pointer.labels['ringside.data'] as string
    if (winner !== data) await driver.removeVolume(data)
    return winner
  } catch (error) {
    await driver.removeVolume(data)
    throw error
  }
}

async function bootAndSave(options: TemplateOptions, data: string): Promise<void> {
  const { driver, image, machine, accel, bootTimeoutMs = 180_000, onProgress = () => {} } = options
  const container = await driver.run({
    name: data,
    image,
    command: worldCommand(['--mode', 'cold'], 300, machine, accel, 'boot'),
    labels: { 'ringside.making': data },
    volumes: [{ name: data, path: '/template', writable: true }],
    memoryMb: machine.memoryMb + 512,
    cpus: machine.vcpus + 1,
    kvm: accel === 'kvm',
  })
  try {
    const link = connectLink(await driver.connect(container.id, ['/usr/lib/ringside/world', 'connect']))
    onProgress(`booting a ${machine.nic} machine (${accel})`)
    await link.waitReady(bootTimeoutMs)
    onProgress('waiting for Puma')
    await must(
      link.exec(settleScript, { timeoutMs: bootTimeoutMs }),
      'Puma does not answer in the new machine',
    )
    if (machine.prepare) {
      onProgress('preparing')
      await must(link.exec(machine.prepare, { timeoutMs: prepareTimeoutMs }), 'The prepare script failed')
      await must(
        link.exec(settleScript, { timeoutMs: prepareTimeoutMs }),
        'Puma does not answer after prepare',
      )
    }
    onProgress('saving')
    const ended = driver.wait(container.id)
    // The exit status is the answer: world ends with the machine, and its last reply may not get through.
    await link.save(templateFiles.state).catch(() => {})
    const status = await ended
    if (status !== 0) throw new InfrastructureError(`The machine could not be saved (exit ${status}).`)
  } finally {
    await driver.remove(container.id)
  }
}

/** Waits for Puma and runs each tool once, so that a restored machine finds them in its page cache. */
const settleScript = '/usr/lib/ringside/warm'

async function must(run: Promise<{ exitCode: number; stderr: string }>, what: string): Promise<void> {
  const { exitCode, stderr } = await run
  if (exitCode !== 0)
    throw new InfrastructureError(`${what}: ${stderr.trim().slice(-400) || `exit ${exitCode}`}`)
}

function worldCommand(
  mode: string[],
  lingerSeconds: number,
  machine: Machine,
  accel: Accelerator,
  how: 'boot' | 'restore',
): string[] {
  const qemu = qemuArgv(machine, accel, how)
  return ['/usr/lib/ringside/world', ...mode, '--linger', String(lingerSeconds), '--', ...qemu]
}

async function keyOf({ driver, image, machine, accel }: TemplateOptions): Promise<string> {
  const imageId = await driver.imageId(image)
  if (!imageId) throw new InfrastructureError(`The sandbox image ${image} is not there.`)
  return templateKey({ imageId, machine, accelerator: accel, hostCpu: os.cpus()[0]?.model ?? 'unknown' })
}
