/**
 * Somebody who has broken out of QEMU: runs shell lines inside a sandbox's container as QEMU's user, or as the container's root. Knows no
 * service and no lab.
 */
import { text } from 'node:stream/consumers'
import Docker from 'dockerode'
import { demultiplex } from '../../sandbox/docker-stream.ts'

/** QEMU's in the image, see sandbox/image/runtime.sh. */
export const qemuUid = 900

export interface Inside {
  output: string
  exitCode: number
}

const docker = new Docker()

/** stdout and stderr together. */
export async function inside(container: string, script: string, uid = qemuUid): Promise<Inside> {
  const exec = await docker.getContainer(container).exec({
    Cmd: ['/usr/bin/busybox', 'sh', '-c', `exec 2>&1\n${script}`],
    User: String(uid),
    AttachStdout: true,
    AttachStderr: true,
  })
  const output = await text(demultiplex(await exec.start({ hijack: true, stdin: false, Tty: false })))
  return { output: output.trim(), exitCode: (await exec.inspect()).ExitCode ?? -1 }
}

/** Begins it and does not wait: bombs and hogs. */
export async function letLoose(container: string, script: string, uid = qemuUid): Promise<void> {
  const Cmd = ['/usr/bin/busybox', 'sh', '-c', script]
  const exec = await docker.getContainer(container).exec({ Cmd, User: String(uid) })
  await exec.start({ Detach: true })
}

export const hostConfigOf = async (container: string): Promise<Docker.HostConfig> =>
  (await docker.getContainer(container).inspect()).HostConfig

/** Processor time that a container has used, in milliseconds, and how many processes and threads it has now. */
export async function used(container: string): Promise<{ cpuMs: number; pids: number }> {
  const stats = await docker.getContainer(container).stats({ stream: false, 'one-shot': true })
  return { cpuMs: stats.cpu_stats.cpu_usage.total_usage / 1e6, pids: stats.pids_stats?.current ?? 0 }
}
