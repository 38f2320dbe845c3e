/**
 * A workshop room of sixty: each learner a real client of the real app, who moves between pages, raises a hand and is checked; an instructor's wall in a real
 * browser, and one more that tells the time from a deed to its tile. Some have a real machine whose socket they watch; the others' checks are replayed: verdicts
 * as large as real ones come into the database, as the app writes them. What the app, the service and the database cost is measured beside what the browser
 * costs. In a home of its own.
 */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { type Client, withClient } from '../../classroom/postgres/connection.ts'
import { ensureDatabase } from '../../classroom/postgres.ts'
import type { Tile, WallNews } from '../../classroom/room/view.ts'
import { type Environment, readEnvironment } from '../environment.ts'
import { type Home, openHome } from '../home.ts'
import { say } from '../output.ts'
import { createProgress } from '../progress.ts'
import { type Addresses, withRingside } from '../running.ts'
import { ensureBrowser } from '../setup/browser.ts'
import { thisHost } from '../setup/host.ts'
import { descendants } from './descendants.ts'
import { type BenchOptions, figure, median, percentile, type Report, report } from './figures.ts'
import { launchBrowser } from './launch.ts'
import { lookInTimes } from './look-in.ts'
import { cpuMs } from './processes.ts'
import { type Visitor, visitor } from './room-client.ts'
import {
  checkAll,
  deedArrives,
  fill,
  joinIn,
  type Learner,
  live,
  sit,
  startMachines,
  until,
} from './room-learners.ts'

const seconds = 60
/** Real ones: what two processors hold beside a class, two of each lab. */
const realMachines = 8

export async function benchRoom({ count = 60 }: BenchOptions): Promise<Report> {
  const shared = readEnvironment()
  const path = join(shared.RINGSIDE_HOME, 'bench-room')
  const env: Environment = {
    ...shared,
    RINGSIDE_HOME: path,
    RINGSIDE_MODE: 'classroom',
    RINGSIDE_POOL: 0,
    DATABASE_URL: undefined,
  }
  const home = openHome(path)
  const host = thisHost()
  const executablePath = await createProgress().step('browser', (note) => ensureBrowser(host, note))
  return withRingside(env, home, async (addresses) => {
    const room = await openRoom(addresses)
    say(`  ${count} learners join at once`)
    const { learners, joined } = await storm(addresses.address, room.code, count)
    const real = learners.slice(0, realMachines)
    say(`  ${real.length} of them start a machine`)
    await startMachines(real, addresses.address)
    await withDatabase(env, home, (client) => fill(client, room.cohort, learners))
    const browser = await launchBrowser(host, executablePath)
    const wall = watchWall(room, learners)
    try {
      const page = await openWall(browser, addresses, room.cohort)
      for (const learner of learners) sit(learner)
      await until(() => wall.online() === learners.length)
      // The wall says where packets die, as the machines' own counters say it.
      await until(() => real.every(({ id }) => wall.hasLost(id)), 100, 120_000)
      say(`  everybody is here; ${seconds} s of a workshop`)
      const measured = await withDatabase(env, home, (client) => workshop(client, room, learners, wall))
      const back = await restarts(learners, wall, room, home)
      const looks = await lookIn(page, addresses.address, room)
      return report('room', [joined, ...measured, ...back, looks], `Chromium ${browser.version()}`)
    } finally {
      wall.line.stop()
      for (const { line } of learners) line?.stop()
      await Promise.all(real.map(({ machine }) => machine?.end()))
      await browser.close()
    }
  })
}

interface Room {
  teacher: Visitor
  cohort: string
  code: string
}

async function openRoom({ address, signInAddress }: Addresses): Promise<Room> {
  const teacher = visitor(address)
  await teacher.page(signInAddress)
  const settings = await teacher.form('/api/cohorts', { name: 'Bench', timeZone: 'UTC' })
  const [, cohort = ''] = /cohorts\/([0-9a-f-]{36})/.exec(settings) ?? []
  await teacher.form(`/api/cohorts/${cohort}/code`, {})
  const [, code = ''] =
    /\/join\/([0-9A-Z-]{14})/.exec(await teacher.page(`/cohorts/${cohort}/settings`)) ?? []
  await teacher.form(`/api/cohorts/${cohort}/open-room`, {})
  return { teacher, cohort, code }
}

/** A class that has just been shown the code: nobody waits for anybody. */
async function storm(address: string, code: string, count: number) {
  const since = performance.now()
  const learners = await Promise.all(Array.from({ length: count }, (_, n) => joinIn(address, code, n + 1)))
  const value = (performance.now() - since) / 1000
  return { learners, joined: figure({ id: 'room.joined', value, unit: 's', goal: 10 }) }
}

async function withDatabase<T>(
  env: Environment,
  home: Home,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { url, stop } = await ensureDatabase({ home: home.path, databaseUrl: env.DATABASE_URL })
  try {
    return await withClient(url, work)
  } finally {
    // It goes on for those who brought it up; whoever asked for it as well and does not leave keeps it for ever.
    await stop()
  }
}

/** The wall as a client hears it: which tiles there are, and how long what was done took to come. */
function watchWall({ teacher, cohort }: Room, learners: Learner[]) {
  const tiles = new Map<string, Tile>()
  const latencies: number[] = []
  /** Whose packets were seen to be lost. */
  const lost = new Set<string>()
  let bytes = 0
  const line = teacher.hear(
    () => `/api/cohorts/${cohort}/room/wall`,
    (text) => {
      bytes += text.length
      const news = JSON.parse(text) as WallNews
      for (const tile of news.tiles ?? []) {
        tiles.set(tile.id, tile)
        if (tile.losing !== null) lost.add(tile.id)
      }
      for (const learner of learners) {
        const tile = tiles.get(learner.id)
        if (!learner.waits || !tile || !learner.waits.isIt(tile)) continue
        latencies.push(performance.now() - learner.waits.since)
        learner.waits = null
      }
    },
  )
  return {
    line,
    latencies,
    bytes: () => bytes,
    hasLost: (id: string) => lost.has(id),
    online: () => [...tiles.values()].filter(({ online }) => online).length,
    /** What was told before a loss is told again. */
    forget: () => tiles.clear(),
  }
}
type WallClient = ReturnType<typeof watchWall>

async function openWall(browser: Browser, { signInAddress, address }: Addresses, cohort: string) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(signInAddress)
  await page.goto(`${address}/cohorts/${cohort}/room`)
  await page.locator('.wall-tile').first().waitFor()
  return page
}

/** At the machine of one more learner; those of the others are not there. */
async function lookIn(page: Page, address: string, { cohort, code }: Room) {
  const { visitor: learner } = await joinIn(address, code, 0)
  say('  an instructor looks at a machine')
  const times = await lookInTimes(page, address, cohort, learner, 10)
  return figure({ id: 'room.look.p50', value: median(times), unit: 'ms', goal: 500 })
}

async function workshop(client: Client, room: Room, learners: Learner[], wall: WallClient) {
  const [server, page] = [serving(), browsing()]
  const before = { server: cpuMs(server), page: cpuMs(page), bytes: wall.bytes() }
  const began = performance.now()
  const answers: number[] = []
  const told: number[] = []
  const end = began + seconds * 1000
  const [real, others] = [
    learners.filter(({ machine }) => machine),
    learners.filter(({ machine }) => !machine),
  ]
  const work = others.map((learner, n) => live(client, learner, n, room.cohort, end, answers))
  const checks = checkAll(real, end)
  for (let n = 1; n <= 10; n++) {
    await pause((seconds * 1000) / 12)
    told.push(...(await tellAll(room, learners, `Message ${n}`)))
  }
  await Promise.all(work)
  const checked = await checks
  const elapsed = performance.now() - began
  const share = (ms: number) => (ms / elapsed) * 100
  const cpu = { server: share(cpuMs(server) - before.server), page: share(cpuMs(page) - before.page) }
  const missed = learners.filter(({ waits }) => waits && performance.now() - waits.since > 2_000).length
  say(
    `  ${wall.latencies.length} deeds, ${Math.round((wall.bytes() - before.bytes) / 1024)} KiB told to a wall`,
  )
  return [
    figure({ id: 'room.machines', value: real.length, unit: 'machines' }),
    figure({ id: 'room.checks', value: checked, unit: 'checks of them' }),
    figure({ id: 'room.tile.p50', value: median(wall.latencies), unit: 'ms', reference: median(answers) }),
    figure({ id: 'room.tile.p95', value: percentile(wall.latencies, 0.95), unit: 'ms', goal: 2_000 }),
    figure({ id: 'room.tile.missed', value: missed, unit: 'deeds', goal: 0 }),
    figure({ id: 'room.told.p95', value: percentile(told, 0.95), unit: 'ms', goal: 2_000 }),
    figure({ id: 'room.server.cpu', value: cpu.server, unit: '% of a core', goal: 30 }),
    figure({ id: 'room.page.cpu', value: cpu.page, unit: '% of a core', goal: 30 }),
  ]
}

async function tellAll({ teacher, cohort }: Room, learners: Learner[], text: string): Promise<number[]> {
  const since = performance.now()
  const times = learners.map(async (learner) => {
    await until(() => learner.told === text, 10)
    return performance.now() - since
  })
  await teacher.post(`/api/cohorts/${cohort}/room/tell`, { kind: 'message', text })
  return Promise.all(times)
}

/** Each is killed once; whoever looks after it starts it again, and everybody comes back by themselves. Only a Ringside of our own is killed. */
const parts = {
  app: /next-server|next start/,
  service: /sandbox\/service\/main\.ts/,
  database: /\/postgres -D /,
}

/**
 * Back is: every learner's line and the wall's are there, and the next raised hand is on the wall. Lines that a death does not end are not opened anew, so the
 * deed is what tells.
 */
async function restarts(learners: Learner[], wall: WallClient, room: Room, home: Home) {
  const figures = []
  for (const [name, command] of Object.entries(parts)) {
    const victim = descendants(
      ({ pid, command }) => pid === process.pid || command.includes('bench-room'),
    ).find((one) => command.test(one.command))
    if (!victim) throw new Error(`The bench finds no process of the ${name}.`)
    say(`  kill -9 of the ${name} in ${home.path}`)
    const opened = learners.map(({ line }) => line?.opened ?? 0)
    const since = performance.now()
    process.kill(victim.pid, 'SIGKILL')
    if (name === 'app') {
      wall.forget()
      await until(() => learners.every(({ line }, n) => (line?.opened ?? 0) > (opened[n] ?? 0)), 50)
    }
    await until(() => wall.online() === learners.length, 50)
    await deedArrives(learners[0] as Learner, room.cohort)
    figures.push(
      figure({ id: `room.back.${name}`, value: (performance.now() - since) / 1000, unit: 's', goal: 10 }),
    )
  }
  return figures
}

/** App, service and database of the Ringside that this process has started or found; the clients are this process itself. */
const serving = (): string[] =>
  idsOf(
    descendants(({ pid, command }) => pid === process.pid || command.includes('bench-room')).filter(
      ({ command }) => !isBrowser(command),
    ),
  )

/** The browser that this process has started, with all that it started. */
const browsing = (): string[] =>
  idsOf(descendants(({ pid }) => pid === process.pid).filter(({ command }) => isBrowser(command)))

const isBrowser = (command: string): boolean => /chrom/i.test(command)

const idsOf = (processes: { pid: number }[]): string[] => processes.map(({ pid }) => String(pid))
