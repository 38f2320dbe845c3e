/**
 * The driver's contract, against a real engine and the sandbox image. Another adapter would run the same suite.
 */
import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { dockerDriver } from './docker.ts'
import { type ContainerSpec, type Driver, EngineError } from './driver.ts'
import { ensureImage } from './image/build.ts'

let driver: Driver
let image: string
const started: string[] = []
const volumes: string[] = []

beforeAll(async () => {
  driver = dockerDriver()
  image = await ensureImage(driver, () => {})
}, 1_200_000)

afterEach(async () => {
  for (const id of started.splice(0)) await driver.remove(id)
  for (const name of volumes.splice(0)) await driver.removeVolume(name)
})

async function run(command: string[], more: Partial<ContainerSpec> = {}) {
  const container = await driver.run({
    name: `ringside-test-${randomUUID()}`,
    image,
    command,
    labels: { 'ringside.test': 'driver' },
    volumes: [],
    memoryMb: 64,
    cpus: 1,
    kvm: false,
    ...more,
  })
  started.push(container.id)
  return container
}

async function output(container: string, command: string[]): Promise<string> {
  return (await text(await driver.connect(container, command))).trim()
}

const idle = ['/bin/busybox', 'sleep', '60']
const shell = (script: string): string[] => ['/bin/busybox', 'sh', '-c', script]

describe('the container engine', () => {
  test('tells its version', async () => {
    expect(await driver.version()).toMatch(/^\d+\./)
  })

  test('runs a program in a container and splices its stdin and stdout', async () => {
    const { id } = await run(idle)
    const stream = await driver.connect(id, ['/bin/busybox', 'cat'])
    stream.end('there and back')
    expect(await text(stream)).toBe('there and back')
  })

  test('gives the sandbox no network but loopback', async () => {
    const { id } = await run(idle)
    expect(await output(id, shell('ls /sys/class/net'))).toBe('lo')
  })

  test('gives the sandbox a root filesystem that cannot be written', async () => {
    const { id } = await run(idle)
    expect(await output(id, shell('touch /x 2>&1; ls /x 2>&1'))).toMatch(/Read-only/)
  })

  test('gives the sandbox two small places to write to, in memory, that hold few files', async () => {
    const { id } = await run(idle)
    for (const place of ['/run', '/tmp']) {
      const files = `n=0; while [ $n -lt 1000 ] && (: >${place}/$n) 2>/dev/null; do n=$((n+1)); done; rm ${place}/*; echo $n`
      expect(Number(await output(id, shell(files)))).toBeLessThan(256)
      const bytes = `dd if=/dev/zero of=${place}/full bs=64k count=64 2>/dev/null; stat -c %s ${place}/full`
      expect(await output(id, shell(bytes))).toBe('1048576')
    }
  })

  test('takes every capability but those that set the world up', async () => {
    const { id } = await run(idle)
    const status = await output(id, ['/bin/busybox', 'cat', '/proc/1/status'])
    // SETGID 6, SETUID 7, SETPCAP 8, NET_ADMIN 12
    const expected = (1n << 6n) | (1n << 7n) | (1n << 8n) | (1n << 12n)
    const bounding = /CapBnd:\s*([0-9a-f]+)/.exec(status)?.[1]
    expect(BigInt(`0x${bounding}`)).toBe(expected)
    expect(status).toMatch(/NoNewPrivs:\s*1/)
    expect(status).toMatch(/Seccomp:\s*2/)
  })

  test('gives the world’s clients the same congestion control on every host', async () => {
    const { id } = await run(idle)
    const chosen = shell('cat /proc/sys/net/ipv4/tcp_congestion_control')
    expect(await output(id, chosen)).toBe('reno')
  })

  test('mounts a volume read-only unless asked otherwise', async () => {
    const name = `ringside-test-${randomUUID()}`
    volumes.push(name)
    await driver.createVolume(name, { 'ringside.test': 'driver' })
    const writer = await run(shell('echo kept > /v/file'), {
      volumes: [{ name, path: '/v', writable: true }],
    })
    await driver.wait(writer.id)
    const reader = await run(idle, { volumes: [{ name, path: '/v', writable: false }] })
    expect(await output(reader.id, shell('cat /v/file; echo more >> /v/file 2>&1 || true'))).toMatch(/^kept/)
    expect(await output(reader.id, shell('cat /v/file'))).toBe('kept')
  })

  test('finds a volume again with the labels of its first creation', async () => {
    const name = `ringside-test-${randomUUID()}`
    volumes.push(name)
    await driver.createVolume(name, { 'ringside.data': 'first' })
    const again = await driver.createVolume(name, { 'ringside.data': 'second' })
    expect(again.labels['ringside.data']).toBe('first')
    expect(await driver.volume(`${name}-not`)).toBeNull()
  })

  test('lists containers by their labels, and none once removed', async () => {
    const labels = { 'ringside.test': randomUUID() }
    const { id } = await run(idle, { labels })
    expect((await driver.list(labels)).map((one) => one.id)).toEqual([id])
    await driver.remove(id)
    await driver.remove(id)
    expect(await driver.list(labels)).toEqual([])
  })

  test('knows a container by its new name, and does not mind one that is gone', async () => {
    const labels = { 'ringside.test': randomUUID() }
    const { id } = await run(idle, { labels })
    const name = `ringside-test-${randomUUID()}`
    await driver.rename(id, name)
    expect(await driver.list(labels)).toMatchObject([{ id, name }])
    await driver.remove(id)
    await driver.rename(id, `${name}-again`)
  })

  test('leaves no container behind when its program ends', async () => {
    const labels = { 'ringside.test': randomUUID() }
    const { id } = await run(['/bin/busybox', 'true'], { labels })
    await driver.wait(id)
    await expect.poll(() => driver.list(labels)).toEqual([])
  })

  test('says what is missing and what to do when no image or no engine is there', async () => {
    await expect(run(idle, { image: 'ringside/none:none' })).rejects.toThrow(EngineError)
    const { default: Docker } = await import('dockerode')
    const nowhere = dockerDriver(new Docker({ socketPath: '/run/no-such-docker.sock' }))
    const error = await nowhere.version().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(EngineError)
    expect((error as EngineError).remedy).toMatch(/Start Docker/)
  })
})
