/**
 * A learner who does harm, and the one next door: a fork bomb, a memory hog, a disk filler, a storm of packets and a panic in one guest; beside it
 * the echo of a key and an HTTP answer in another, before and meanwhile. And what is said of the machine afterwards. Knows no protocol.
 */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Driver } from '../../sandbox/driver.ts'
import { identityFilter } from '../../sandbox/labels.ts'
import { connectLink, type Link } from '../../sandbox/link.ts'
import { readEnvironment } from '../environment.ts'
import { inLabRoom, openCatalog } from '../lab-room.ts'
import { CommandError, say } from '../output.ts'
import { processesIn } from './chaos/blow.ts'
import { type BenchOptions, type Figure, figure, median, percentile, type Report, report } from './figures.ts'
import { openThroughGateway } from './gateway.ts'
import { benchLab } from './labs.ts'
import { cpuMs } from './processes.ts'
import { type BenchService, withService } from './service.ts'
import { echoTimes, type Terminal } from './typist.ts'

/** Shell lines of root in a guest. Each goes on until its machine is reset, unless the machine dies of it. */
const harms = {
  forks: 'bomb() { bomb | bomb & }; ulimit -u unlimited; while :; do bomb; done',
  memory: 'while :; do head -c 400m /dev/zero | tail -c 400m >/dev/null; done',
  disk: 'while :; do cat /dev/zero >/var/tmp/full; sync; rm -f /var/tmp/full; done',
  packets: 'for n in 1 2 3 4; do ping -q -f -s 1400 198.18.0.1 & done; wait',
  panic: 'echo 1 >/proc/sys/kernel/sysrq; sleep 1; echo c >/proc/sysrq-trigger',
} as const
type Harm = keyof typeof harms

/** Of each measurement: so many keys, so many requests. */
const usual = 40
const rampMs = 3_000
const effortMs = 2_000
const patienceMs = 20_000
/** Both machines have two processors and the host may have no more: who spins takes the neighbour's second one, and what serves both its share. */
const goalRatio = 3

interface Neighbour {
  echo: number[]
  http: number[]
  failed: number
}

export async function benchWalls({ lab, count = usual }: BenchOptions): Promise<Report> {
  const folder = benchLab(await openCatalog(), lab)
  const home = join(readEnvironment().RINGSIDE_HOME, 'bench')
  return inLabRoom(({ sandboxes: { driver, accel } }) =>
    withService({ home, accel }, async (service) => {
      const [bad = '', good = ''] = await service.start(folder.lab.meta.id, 2)
      const shell = await openThroughGateway(service, good)
      const link = await linkTo(driver, await containerOf(driver, home, good))
      await mend(link)
      const figures: Figure[] = []
      for (const harm of Object.keys(harms) as Harm[]) {
        const before = await measure(shell, link, count)
        const container = await doHarm(driver, home, bad, harm)
        const effort = await effortOf(container)
        const during = await measure(shell, link, count)
        const said = await whatIsSaid(service, bad, harm)
        say(`  ${harm}: ${said}`)
        figures.push(
          figure({ id: `walls.${harm}.effort`, value: effort, unit: '%' }),
          ...figuresOf(harm, before, during),
        )
        await afresh(service, bad)
      }
      link.close()
      shell.leave()
      return report('walls', figures, accel)
    }),
  )
}

async function containerOf(driver: Driver, home: string, sandbox: string): Promise<string> {
  const [container] = await driver.list({ ...identityFilter(home), 'ringside.sandbox': sandbox })
  if (container) return container.id
  throw new CommandError('A machine is gone.', 'Run the command again.')
}

const linkTo = async (driver: Driver, container: string): Promise<Link> =>
  connectLink(await driver.connect(container, ['/usr/lib/ringside/world', 'connect']))

/** Percent of a core that a container uses: whether the harm is one. */
async function effortOf(container: string): Promise<number> {
  const pids = processesIn(container).map(({ pid }) => String(pid))
  const [before, began] = [cpuMs(pids), performance.now()]
  await pause(effortMs)
  return Math.max(0, ((cpuMs(pids) - before) / (performance.now() - began)) * 100)
}

/** The lab's fault is not what is measured: a queue that holds everybody. */
async function mend(link: Link): Promise<void> {
  await link.stopBackground()
  await link.exec('sysctl -qw net.core.somaxconn=4096; systemctl restart puma; sleep 2', {
    timeoutMs: 120_000,
  })
}

/** Its shell is the guest's own, and its answer is not waited for. @returns its container */
async function doHarm(driver: Driver, home: string, sandbox: string, harm: Harm): Promise<string> {
  const container = await containerOf(driver, home, sandbox)
  const link = await linkTo(driver, container)
  const words = `setsid bash -c '${harms[harm]}' >/dev/null 2>&1 </dev/null &`
  await link.exec(words, { timeoutMs: 5_000 }).catch(() => {})
  link.close()
  await pause(rampMs)
  return container
}

async function measure(shell: Terminal, link: Link, count: number): Promise<Neighbour> {
  const echo = await echoTimes(shell, count)
  const { results } = await link.load({ dst: '198.18.0.2', port: 80, requests: visits(count) })
  const answered = results.filter(({ outcome }) => outcome === 'ok')
  return {
    echo,
    http: answered.map(({ totalUs }) => totalUs / 1000),
    failed: results.length - answered.length,
  }
}

/** One visitor who comes again and again, for the page that costs least. */
const visits = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    atMs: n * 100,
    src: '198.18.16.1',
    method: 'GET' as const,
    path: '/',
    connectTimeoutMs: 5_000,
    totalTimeoutMs: 10_000,
  }))

/** What the page shows of the machine that did the harm. @throws when a machine that is dead is not said to be */
async function whatIsSaid(service: BenchService, sandbox: string, harm: Harm): Promise<string> {
  const wanted = harm === 'panic' ? 'dead' : 'ready'
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await pause(200)) {
    const { state, problem } = await service.client.status(sandbox)
    if (state !== 'ready') return `${state}: ${problem?.message} ${problem?.remedy}`
    if (state === wanted) return 'goes on'
  }
  throw new CommandError('A machine that panicked is not said to have.', 'See .ringside/bench/service.log.')
}

async function afresh(service: BenchService, sandbox: string): Promise<void> {
  const { generation } = await service.client.reset(sandbox)
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(100)) {
    const status = await service.client.status(sandbox)
    if (status.generation === generation && status.state === 'ready' && status.baseline !== 'measuring')
      return
  }
  throw new CommandError('A machine that was reset does not come back.', 'See .ringside/bench/service.log.')
}

function figuresOf(harm: Harm, before: Neighbour, during: Neighbour): Figure[] {
  const p = (values: number[], share: number) => (values.length > 0 ? percentile(values, share) : patienceMs)
  const pair = (id: string, of: 'echo' | 'http', share: number) =>
    figure({
      id: `walls.${harm}.${id}`,
      value: p(during[of], share),
      reference: p(before[of], share),
      unit: 'ms',
    })
  return [
    pair('echo.p50', 'echo', 0.5),
    pair('echo.p95', 'echo', 0.95),
    pair('http.p50', 'http', 0.5),
    figure({
      id: `walls.${harm}.echo.ratio`,
      value: median(during.echo) / median(before.echo),
      unit: '×',
      goal: goalRatio,
    }),
    figure({
      id: `walls.${harm}.http.ratio`,
      value: p(during.http, 0.5) / p(before.http, 0.5),
      unit: '×',
      goal: goalRatio,
    }),
    figure({ id: `walls.${harm}.http.failed`, value: during.failed, unit: 'requests', goal: 0 }),
  ]
}
