/** What of a sandbox the host sees: its processes, and the processor time that they use. Knows no service. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import Docker from 'dockerode'

/** As the host numbers them. */
export async function processesOf(container: string): Promise<number[]> {
  const { Processes } = await new Docker().getContainer(container).top({ ps_args: '-o pid' })
  return (Processes as string[][]).map(([pid]) => Number(pid))
}

/** Milliseconds that all threads of these processes have run so far. */
export async function cpuMs(pids: number[]): Promise<number> {
  let total = 0
  for (const pid of pids)
    for (const thread of await readdir(`/proc/${pid}/task`))
      total += Number((await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')).split(' ')[0]) / 1e6
  return total
}

export const lives = (pid: number): boolean => existsSync(`/proc/${pid}`)

/** The folders of its control groups, of either version. */
export async function cgroupsOf(pid: number): Promise<string[]> {
  const lines = (await readFile(`/proc/${pid}/cgroup`, 'utf8')).trim().split('\n')
  return lines.map((line) => {
    const [, controllers = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
    return `/sys/fs/cgroup/${controllers.replace('name=', '')}${path}`
  })
}
