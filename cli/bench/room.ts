/**
 * A workshop room of sixty: each learner a real client of the real app, who moves between pages and raises a hand; an instructor's wall in a real browser,
 * and one more that tells the time from a deed to its tile. What the app, the service and the database cost is measured beside what the browser costs. Their
 * machines are not there: attempts and checks stand in the database as recorded. In a home of its own.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { type Client, withClient } from '../../classroom/postgres/connection.ts'
import { ensureDatabase } from '../../classroom/postgres.ts'
import type { SeatNews, Tile, WallNews } from '../../classroom/room/view.ts'
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
import { type Line, type Visitor, visitor } from './room-client.ts'

/** From one deed of a learner to their next, on average. */
const restMs = 6_000
const seconds = 60
const labs = ['accept-queue', 'silent-drop', 'ring-overflow', 'syn-flood']

interface Learner {
  id: string
  visitor: Visitor
  path: string
  line: Line | null
  isUp: boolean
  /** What the wall is to show next. */
  waits: { since: number; isIt(tile: Tile): boolean } | null
  told: string | null
}

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
    await withDatabase(env, home, (client) => fill(client, room.cohort, learners))
    const browser = await launchBrowser(host, executablePath)
    const wall = watchWall(room, learners)
    try {
      const page = await openWall(browser, addresses, room.cohort)
      for (const learner of learners) sit(learner)
      await until(() => wall.online() === learners.length)
      say(`  everybody is here; ${seconds} s of a workshop`)
      const measured = await workshop(room, learners, wall)
      const back = await restarts(learners, wall, room, home)
      const looks = await lookIn(page, addresses.address, room)
      return report('room', [joined, ...measured, ...back, looks], `Chromium ${browser.version()}`)
    } finally {
      wall.line.stop()
      for (const { line } of learners) line?.stop()
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

async function joinIn(address: string, code: string, n: number): Promise<Learner> {
  const one = visitor(address)
  await one.page(`/join/${code}`)
  await one.form(`/api/entrance/join?code=${code}`, { name: `Learner ${n}` })
  return { id: '', visitor: one, path: pathOf(n), line: null, isUp: false, waits: null, told: null }
}

const pathOf = (n: number): string => `/labs/${labs[n % labs.length]}`

/** An open attempt for each, and a few checks for every second one. */
async function fill(client: Client, cohort: string, learners: Learner[]): Promise<void> {
  const { rows } = await client.query<{ id: string; name: string }>(
    `SELECT p."id", p."name" FROM "Person" p JOIN "Enrollment" e ON e."personId" = p."id" WHERE e."cohortId" = $1 AND e."role" = 'learner'`,
    [cohort],
  )
  for (const [index, learner] of learners.entries()) {
    learner.id = rows.find(({ name }) => name === `Learner ${index + 1}`)?.id ?? ''
    const attempt = randomUUID()
    await client.query(
      `INSERT INTO "Attempt" ("id", "personId", "lab", "seed", "state", "startedAt", "updatedAt") VALUES ($1, $2, $3, 1, 'running', now() - interval '10 minutes', now())`,
      [attempt, learner.id, labs[index % labs.length]],
    )
    for (let check = 0; check < (index % 2) * 3; check++)
      await client.query(
        `INSERT INTO "Verdict" ("id", "attemptId", "lab", "generation", "status", "score", "maxScore", "verdict", "before", "after") VALUES ($1, $2, $3, 0, 'fail', 20, 100, $4, '{}', '{}')`,
        [randomUUID(), attempt, labs[index % labs.length], verdict],
      )
  }
}

/** As large as a real one. */
const verdict = JSON.stringify({
  criteria: ['pass', 'pass', 'fail', 'fail', 'fail'].map((status, n) => ({
    id: `criterion-${n}`,
    kind: n === 0 ? 'baseline' : 'behaviour',
    status,
    feedback: 'What was observed, in words. '.repeat(6),
    evidence: Array.from({ length: 4 }, () => ({ label: 'Connections', before: '12', after: '40' })),
  })),
})

async function withDatabase(
  env: Environment,
  home: Home,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const { url, stop } = await ensureDatabase({ home: home.path, databaseUrl: env.DATABASE_URL })
  try {
    await withClient(url, work)
  } finally {
    // It goes on for those who brought it up; whoever asked for it as well and does not leave keeps it for ever.
    await stop()
  }
}

/** The wall as a client hears it: which tiles there are, and how long what was done took to come. */
function watchWall({ teacher, cohort }: Room, learners: Learner[]) {
  const tiles = new Map<string, Tile>()
  const latencies: number[] = []
  let bytes = 0
  const line = teacher.hear(
    () => `/api/cohorts/${cohort}/room/wall`,
    (text) => {
      bytes += text.length
      const news = JSON.parse(text) as WallNews
      for (const tile of news.tiles ?? []) tiles.set(tile.id, tile)
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
    online: () => [...tiles.values()].filter(({ online }) => online).length,
    /** What was told before a loss is told again. */
    forget: () => tiles.clear(),
  }
}
type WallClient = ReturnType<typeof watchWall>

function sit(learner: Learner): void {
  learner.line = learner.visitor.hear(
    () => `/api/room/seat?at=${encodeURIComponent(learner.path)}`,
    (text) => {
      const { seat } = JSON.parse(text) as SeatNews
      learner.told = seat?.room.messages[0]?.text ?? null
    },
  )
}

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

async function workshop(room: Room, learners: Learner[], wall: WallClient) {
  const [server, page] = [serving(), browsing()]
  const before = { server: cpuMs(server), page: cpuMs(page), bytes: wall.bytes() }
  const began = performance.now()
  const answers: number[] = []
  const told: number[] = []
  const work = learners.map((learner, n) => live(learner, n, room.cohort, began + seconds * 1000, answers))
  for (let n = 1; n <= 10; n++) {
    await pause((seconds * 1000) / 12)
    told.push(...(await tellAll(room, learners, `Message ${n}`)))
  }
  await Promise.all(work)
  const elapsed = performance.now() - began
  const share = (ms: number) => (ms / elapsed) * 100
  const cpu = { server: share(cpuMs(server) - before.server), page: share(cpuMs(page) - before.page) }
  const missed = learners.filter(({ waits }) => waits && performance.now() - waits.since > 2_000).length
  say(
    `  ${wall.latencies.length} deeds, ${Math.round((wall.bytes() - before.bytes) / 1024)} KiB told to a wall`,
  )
  return [
    figure({ id: 'room.tile.p50', value: median(wall.latencies), unit: 'ms', reference: median(answers) }),
    figure({ id: 'room.tile.p95', value: percentile(wall.latencies, 0.95), unit: 'ms', goal: 2_000 }),
    figure({ id: 'room.tile.missed', value: missed, unit: 'deeds', goal: 0 }),
    figure({ id: 'room.told.p95', value: percentile(told, 0.95), unit: 'ms', goal: 2_000 }),
    figure({ id: 'room.server.cpu', value: cpu.server, unit: '% of a core', goal: 30 }),
    figure({ id: 'room.page.cpu', value: cpu.page, unit: '% of a core', goal: 30 }),
  ]
}

/** Until the end they go to another page, or raise or lower their hand; one thing at a time, so that each is seen to arrive. */
async function live(
  learner: Learner,
  n: number,
  cohort: string,
  end: number,
  answers: number[],
): Promise<void> {
  for (let deed = n; ; deed++) {
    await pause(restMs * (0.5 + Math.random()))
    if (performance.now() > end - 3_000) return
    if (learner.waits) continue
    const since = performance.now()
    if (deed % 2 === 0) {
      learner.path = learner.path.startsWith('/labs/') ? '/chapters/nic' : pathOf(n)
      const item = learner.path.startsWith('/labs/') ? `lab:${learner.path.slice(6)}` : 'chapter:nic'
      learner.waits = { since, isIt: (tile) => tile.online && tile.item === item }
      learner.line?.again()
    } else {
      learner.isUp = !learner.isUp
      const { isUp } = learner
      learner.waits = { since, isIt: (tile) => (tile.hand !== null) === isUp }
      await learner.visitor.post('/api/room/hand', { cohort, up: isUp })
      answers.push(performance.now() - since)
    }
  }
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

/** A hand is raised or lowered, until it is taken, and the wall shows it. */
async function deedArrives(learner: Learner, cohort: string): Promise<void> {
  learner.isUp = !learner.isUp
  const { isUp } = learner
  learner.waits = { since: performance.now(), isIt: (tile) => (tile.hand !== null) === isUp }
  const raise = () =>
    learner.visitor.post('/api/room/hand', { cohort, up: isUp }).then(
      () => true,
      () => false,
    )
  for (const end = performance.now() + 60_000; !(await raise()); await pause(100))
    if (performance.now() > end) throw new Error('A hand is not taken within a minute.')
  await until(() => learner.waits === null, 20)
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

async function until(isSo: () => boolean, everyMs = 100, mostMs = 60_000): Promise<void> {
  for (const end = performance.now() + mostMs; !isSo(); ) {
    if (performance.now() > end) throw new Error('What the bench waits for has not come within a minute.')
    await pause(everyMs)
  }
}
