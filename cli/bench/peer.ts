/**
 * A peer to measure beside: `docker exec -it` into the same container, whose shell is no guest's and so has no emulation to pay for. Knows no
 * figure.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Terminal } from './typist.ts'

/** Gives a program a terminal, which `docker exec -t` wants. */
const script = '/usr/bin/script'

/** Null where there is no `script` or no docker command. */
export async function openDockerExec(container: string): Promise<Terminal | null> {
  if (!existsSync(script)) return null
  const child = spawn(script, ['-qfec', `docker exec -it ${container} /usr/bin/busybox sh`, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  let listener: (bytes: Buffer) => void = () => {}
  const prompt = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', () => resolve(false))
    child.stdout.once('data', () => resolve(true))
  })
  child.stdout.on('data', (bytes: Buffer) => listener(bytes))
  child.stdin.on('error', () => {})
  if (!(await prompt)) return null
  return {
    type: (bytes) => child.stdin.write(bytes),
    onOutput: (hear) => {
      listener = hear
    },
    // The engine leaves an exec'd shell running when its client is killed.
    leave: () => child.stdin.end('exit\n'),
  }
}
