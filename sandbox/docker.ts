/**
 * The Docker adapter of the driver port: the only file that knows dockerode. Knows no lab, no VM and no protocol inside the container.
 */
import { existsSync } from 'node:fs'
import type { Duplex } from 'node:stream'
import Docker from 'dockerode'
import { demultiplex } from './docker-stream.ts'
import { type ContainerSpec, type Driver, EngineError, NotRunningError, type VolumeInfo } from './driver.ts'

/** The driver for the engine of DOCKER_HOST, or of the local socket. */
export function dockerDriver(docker = new Docker()): Driver {
  return {
    version: () => speak(async () => (await docker.version()).Version),
    imageId: (tag) => speak(() => unlessMissing(async () => (await docker.getImage(tag).inspect()).Id)),
    pull: (tag) => pull(docker, tag),
    importImage: (tar, tag) =>
      speak(async () => {
        const [repo, label] = tag.split(':')
        await follow(docker, await docker.importImage(tar, { repo, tag: label }), () => {})
      }),
    build: (context, { tag, args, labels }, onLine) =>
      speak(async () => {
        const stream = await docker.buildImage(context, {
          t: tag,
          buildargs: args,
          labels,
          // The classic builder answers on every engine; the host's network needs no bridge and no NAT.
          version: '1',
          networkmode: 'host',
          rm: true,
          forcerm: true,
        })
        await follow(docker, stream, onLine)
      }),
    run: (spec) =>
      speak(async () => {
        const container = await docker.createContainer(createOptions(spec))
        try {
          await container.start()
        } catch (error) {
          await container.remove({ force: true }).catch(() => {})
          throw error
        }
        return { id: container.id, name: spec.name, labels: spec.labels, running: true }
      }),
    connect: (container, command) => speak(() => connect(docker, container, command)),
    wait: (container) =>
      speak(
        async () =>
          (await unlessMissing(async () => (await docker.getContainer(container).wait()).StatusCode)) ?? -1,
      ),
    list: (labels) =>
      speak(async () => {
        const found = await docker.listContainers({ all: true, filters: { label: labelFilter(labels) } })
        return found.map((one) => ({
          id: one.Id,
          name: (one.Names[0] ?? '').replace(/^\//, ''),
          labels: one.Labels,
          running: one.State === 'running',
        }))
      }),
    rename: (container, name) =>
      speak(async () => {
        await unlessMissing(() => docker.getContainer(container).rename({ name }))
      }),
    remove: (container) =>
      speak(async () => {
        await unlessMissing(() => docker.getContainer(container).remove({ force: true, v: true }))
      }),
    createVolume: (name, labels) =>
      speak(async () => {
        await docker.createVolume({ Name: name, Labels: labels })
        return volumeInfo(await docker.getVolume(name).inspect())
      }),
    volume: (name) =>
      speak(() => unlessMissing(async () => volumeInfo(await docker.getVolume(name).inspect()))),
    listVolumes: (labels) =>
      speak(async () => {
        const found = await docker.listVolumes({ filters: { label: labelFilter(labels) } })
        return (found.Volumes ?? []).map(volumeInfo)
      }),
    removeVolume: (name) =>
      speak(async () => {
        await unlessMissing(() => docker.getVolume(name).remove())
      }),
  }
}

/** Processors of a sandbox are counted in periods of this length. */
const cpuPeriodUs = 100_000
/**
 * All sandboxes weigh the same, whatever runs in them, and each an eighth of what a container has by default: one that spins takes nothing from
 * its neighbour's share, and forty of them leave the app and this service, where those run in containers, theirs.
 */
const cpuShares = 128
/** What the world asks for. */
const openFiles = 8192

/** Whatever the engine's default is: what the world reads of its own control group is this container's. The engine's types do not know the word. */
const ownCgroup: object = { CgroupnsMode: 'private' }

/** Engines see to it themselves, as far as we know. A kernel without IPv6 has no such switch, and its engine would start nothing. */
const noIpv6: Record<string, string> = existsSync('/proc/sys/net/ipv6')
  ? { 'net.ipv6.conf.all.disable_ipv6': '1' }
  : {}

/** Every wall of a sandbox stands here: no network, no capability but those the world needs to set up, a read-only root, limits. */
function createOptions(spec: ContainerSpec): Docker.ContainerCreateOptions {
  const devices = ['/dev/net/tun', ...(spec.kvm ? ['/dev/kvm'] : [])]
  return {
    name: spec.name,
    Image: spec.image,
    Entrypoint: spec.command.slice(0, 1),
    Cmd: spec.command.slice(1),
    Labels: spec.labels,
    HostConfig: {
      AutoRemove: true,
      NetworkMode: 'none',
      ...ownCgroup,
      CapDrop: ['ALL'],
      // NET_ADMIN makes the tap; SETUID and SETGID only serve to start QEMU as nobody in particular, then world gives them up.
      CapAdd: ['NET_ADMIN', 'SETUID', 'SETGID', 'SETPCAP'],
      SecurityOpt: ['no-new-privileges'],
      ReadonlyRootfs: true,
      // An empty file fills no block, but a kilobyte of the kernel's memory: they are counted, too.
      Tmpfs: { '/run': 'size=1m,nr_inodes=256,mode=0755', '/tmp': 'size=1m,nr_inodes=256,mode=1777' },
      // Nobody here shares memory with anybody: no /dev/shm, which everyone could fill.
      IpcMode: 'none',
      PidsLimit: 64,
      CpuShares: cpuShares,
      CpuPeriod: cpuPeriodUs,
      CpuQuota: spec.cpus * cpuPeriodUs,
      Ulimits: [
        // The host's core_pattern may name a program of the host's: it must never meet what a learner made.
        { Name: 'core', Soft: 0, Hard: 0 },
        // Message queues are counted by user, and QEMU's is the same in every sandbox: nobody has any.
        { Name: 'msgqueue', Soft: 0, Hard: 0 },
        { Name: 'nofile', Soft: openFiles, Hard: openFiles },
      ],
      // Where the host itself runs out of memory, a machine that can be reset goes before what serves all of them.
      OomScoreAdj: 500,
      Memory: spec.memoryMb * 1024 * 1024,
      MemorySwap: spec.memoryMb * 1024 * 1024,
      // World-side sysctls can only be set here: the container's /proc/sys is read-only.
      Sysctls: {
        'net.ipv4.ip_forward': '1',
        'net.ipv4.conf.all.accept_local': '1',
        'net.ipv4.conf.all.rp_filter': '0',
        'net.ipv4.conf.default.rp_filter': '0',
        // The kernel notes whoever asks for one of our addresses, in a table of 1024 that all networks of the host share: only our own net may ask.
        'net.ipv4.conf.all.arp_ignore': '2',
        ...noIpv6,
        'net.ipv4.tcp_early_demux': '0',
        'net.ipv4.udp_early_demux': '0',
        // Not the host's choice, which differs. BBR was seen to take a window that only begins to grow for all that a path can carry.
        // Reno, since it is the one that every kernel has and lets any network namespace choose (net/ipv4/tcp_cong.c).
        'net.ipv4.tcp_congestion_control': 'reno',
      },
      Devices: devices.map((path) => ({
        PathOnHost: path,
        PathInContainer: path,
        CgroupPermissions: 'rw',
      })),
      Mounts: spec.volumes.map(({ name, path, writable }) => ({
        Type: 'volume',
        Source: name,
        Target: path,
        ReadOnly: !writable,
      })),
      // A guest must not be able to fill the host's disk through a log.
      LogConfig: { Type: 'json-file', Config: { 'max-size': '256k', 'max-file': '1' } },
    },
  }
}

async function connect(docker: Docker, container: string, command: string[]): Promise<Duplex> {
  try {
    const exec = await docker
      .getContainer(container)
      .exec({ Cmd: command, AttachStdin: true, AttachStdout: true, AttachStderr: false, Tty: false })
    return demultiplex(await exec.start({ hijack: true, stdin: true, Tty: false }))
  } catch (error) {
    // The engine's refusals look alike, whether a container has ended or the engine is too busy for it.
    if (isUnreachable(error) || (await isRunning(docker, container))) throw error
    throw new NotRunningError({ cause: error })
  }
}

/** One that is frozen counts as running: it is still there. */
async function isRunning(docker: Docker, container: string): Promise<boolean> {
  const found = await unlessMissing(() => docker.getContainer(container).inspect())
  return found?.State.Running ?? false
}

/** A registry that is out of reach is an answer, not an error: then the base is made from Debian's packages. */
async function pull(docker: Docker, tag: string): Promise<boolean> {
  try {
    await follow(docker, await docker.pull(tag), () => {})
    return true
  } catch (error) {
    if (isUnreachable(error)) throw engineError(error)
    return false
  }
}

interface BuilderEvent {
  stream?: string
  status?: string
  error?: string
}

async function follow(
  docker: Docker,
  stream: NodeJS.ReadableStream,
  onLine: (line: string) => void,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(
      stream,
      (error: Error | null) => (error ? reject(error) : resolve()),
      (event: BuilderEvent) => {
        if (event.error) reject(new Error(event.error))
        for (const line of (event.stream ?? event.status ?? '').split('\n'))
          if (line.trim()) onLine(line.trim())
      },
    )
  })
}

const volumeInfo = (volume: { Name: string; Labels: Record<string, string> | null }): VolumeInfo => ({
  name: volume.Name,
  labels: volume.Labels ?? {},
})

const labelFilter = (labels: Record<string, string>): string[] =>
  Object.entries(labels).map(([key, value]) => (value === '' ? key : `${key}=${value}`))

interface DockerodeError extends Error {
  statusCode?: number
  code?: string
}

/** 404: not there, or already gone. 409 at a removal: it is on its way out, or in use. Neither is an error for who asks. */
async function unlessMissing<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (error) {
    const { statusCode } = error as DockerodeError
    if (statusCode === 404 || statusCode === 409 || statusCode === 304) return null
    throw error
  }
}

async function speak<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw engineError(error)
  }
}

const isUnreachable = (error: unknown): boolean =>
  ['ENOENT', 'ECONNREFUSED', 'EACCES', 'EPERM', 'ENOTFOUND', 'ECONNRESET'].includes(
    (error as DockerodeError).code ?? '',
  )

function engineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error
  const { code, message } = error as DockerodeError
  if (code === 'EACCES' || code === 'EPERM')
    return new EngineError(
      'This user may not use the Docker socket.',
      'Add the user to the group `docker` and log in again, or run as root.',
      { cause: error },
    )
  if (isUnreachable(error))
    return new EngineError(
      'No Docker engine answers.',
      'Start Docker (`systemctl start docker`, or Docker Desktop), or set DOCKER_HOST; `npm start` as root on Debian or Ubuntu installs it.',
      { cause: error },
    )
  if (/no space left/i.test(message))
    return new EngineError(
      'The disk that Docker uses is full.',
      'Free some space (`docker system df` shows what Docker holds), then run the command again.',
      { cause: error },
    )
  if (/\/dev\/(net\/tun|kvm)/.test(message))
    return new EngineError(
      `The engine cannot pass a device to a sandbox: ${message}`,
      'Load the tun module (`modprobe tun`) on the machine that runs Docker.',
      { cause: error },
    )
  return new EngineError(message, 'Run `npm run ringside -- doctor` to see what is missing.', {
    cause: error,
  })
}
