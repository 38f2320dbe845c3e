/**
 * The plainest thing that does the job: bare containers of the same image, without a machine inside. Knows no lab.
 */
import { randomBytes } from 'node:crypto'
import type { ContainerInfo } from '../../sandbox/driver.ts'
import type { Sandboxes } from '../../sandbox/setup.ts'

/** What `docker run --rm IMAGE true` does, without the client's own 50 ms: the harder reference. */
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
    // The image has no other programs than the world's, QEMU and busybox.
    command: ['/usr/bin/busybox', ...command],
    labels: { 'ringside.bench': 'bare' },
    volumes: [],
    memoryMb: 64,
    kvm: false,
  })
}
