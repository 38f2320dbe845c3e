/**
 * The port to whatever runs containers, in our own words, on one screen. Knows no vendor, no lab and no VM; `docker.ts` is its only adapter.
 */
import type { Duplex, Readable } from 'node:stream'

export interface ContainerSpec {
  name: string
  image: string
  command: string[]
  labels: Record<string, string>
  /** Named volume -> mount point; read-only unless said otherwise. */
  volumes: { name: string; path: string; writable: boolean }[]
  memoryMb: number
  /** So many processors at most, however many the host has. */
  cpus: number
  /** Whether the container gets /dev/kvm. */
  kvm: boolean
}

export interface ContainerInfo {
  id: string
  name: string
  labels: Record<string, string>
  running: boolean
}

export interface VolumeInfo {
  name: string
  labels: Record<string, string>
}

export interface Driver {
  /** Version of the engine that answers. @throws EngineError when none does, or the socket may not be used. */
  version(): Promise<string>
  /** The id of a local image, or null when there is none. */
  imageId(tag: string): Promise<string | null>
  /** Fetches an image from a registry; false when none answers or none has it. */
  pull(tag: string): Promise<boolean>
  /** Makes an image out of a root filesystem's tar stream. */
  importImage(tar: Readable, tag: string): Promise<void>
  /** Builds an image out of a build context; `onLine` hears the builder's log. */
  build(context: Readable, options: BuildOptions, onLine: (line: string) => void): Promise<void>
  /** Creates and starts a container without network, capabilities or a writable root. It is gone when its main process ends. */
  run(spec: ContainerSpec): Promise<ContainerInfo>
  /**
   * Runs a program in the container and gives its stdin and stdout as one stream. Ends when either side ends.
   * @throws NotRunningError when the container is gone or has ended; any other EngineError says nothing about it
   */
  connect(container: string, command: string[]): Promise<Duplex>
  /** Waits until the container has ended; its exit code, -1 when it was gone before it could be asked. */
  wait(container: string): Promise<number>
  list(labels: Record<string, string>): Promise<ContainerInfo[]>
  /** Gives a container another name. Already gone is fine. */
  rename(container: string, name: string): Promise<void>
  /** Ends and removes a container. Already gone is fine. */
  remove(container: string): Promise<void>
  /** Creates a volume, or finds the one of that name; its labels are those of its first creation. */
  createVolume(name: string, labels: Record<string, string>): Promise<VolumeInfo>
  volume(name: string): Promise<VolumeInfo | null>
  listVolumes(labels: Record<string, string>): Promise<VolumeInfo[]>
  /** Removes a volume. Already gone is fine; one in use stays. */
  removeVolume(name: string): Promise<void>
}

export interface BuildOptions {
  tag: string
  args: Record<string, string>
  labels: Record<string, string>
}

/** The engine refused or is not there. `remedy` is what a person can do about it. */
export class EngineError extends Error {
  override name = 'EngineError'
  readonly remedy: string
  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options)
    this.remedy = remedy
  }
}

/** The container has ended, or there is none of that name: not an outage, but an answer. */
export class NotRunningError extends EngineError {
  override name = 'NotRunningError'
  constructor(options?: ErrorOptions) {
    super('The container does not run.', 'Start it again.', options)
  }
}
