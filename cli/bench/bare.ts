/**
 * The plainest thing that does the job: bare containers of the same image, without a machine inside. Knows no lab.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { ContainerInfo } from '../../sandbox/driver.ts'
import type { Sandboxes } from '../../sandbox/setup.ts'
import { CommandError } from '../output.ts'

/** The image has no other programs than the world's, QEMU and this. */
const busybox = '/usr/bin/busybox'

/**
 * `docker run --rm IMAGE true`, the command itself; `offline` without a network, as the sandbox is.
 * @throws CommandError when there is no docker command
 */
export async function timeDockerRun({ image }: Sandboxes, offline = false): Promise<number> {
  const began = performance.now()
  const network = offline ? ['--network', 'none'] : []
  const words = ['run', '--rm', ...network, '--entrypoint', busybox, image, 'true']
  const [status] = await once(spawn('docker', words, { stdio: 'ignore' }), 'exit').catch(() => [127])
  if (status !== 0)
    throw new CommandError(
      `\`docker ${words.join(' ')}\` ended with ${status}.`,
      'The reference is the docker command: install it (`apt-get install docker-cli`) and see that it reaches the engine.',
    )
  return performance.now() - began
}

/** The same through the engine's API, without the client's own time: the harder reference. */
export async function timeBareRun(sandboxes: Sandboxes): Promise<number> {
  const began = performance.now()
  const container = await runBare(sandboxes, ['true'])
  await sandboxes.driver.wait(container.id)
  return performance.now() - began
}

export function runBare({ driver, image }: Sandboxes, command: string[]): Promise<ContainerInfo> {
  return driver.run({
    name: `ringside-bench-${randomBytes(6).toString('hex')}`,
    image,
    command: [busybox, ...command],
    labels: { 'ringside.bench': 'bare' },
    volumes: [],
    memoryMb: 64,
    cpus: 1,
    kvm: false,
  })
}
