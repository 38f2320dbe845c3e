/**
 * Everything that a sandbox lives by is killed with -9, at random and by a seed, while learners have something in their shells: each must come
 * back whole, or its learner be told and offered another. Through a service of the bench's own. Knows no protocol.
 */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { LabFolder } from '../../labs/folder.ts'
import { type Random, random } from '../../labs/random.ts'
import type { Driver } from '../../sandbox/driver.ts'
import { homeFilter, readIdentity } from '../../sandbox/labels.ts'
import { readEnvironment } from '../environment.ts'
import { inLabRoom, openCatalog } from '../lab-room.ts'
import { say } from '../output.ts'
import { strike, type Victim, victims } from './chaos/blow.ts'
import { heldBy, processesFor, usedBy } from './chaos/leaks.ts'
import { Learner } from './chaos/learner.ts'
import { settle } from './chaos/settle.ts'
import { type BenchOptions, figure, type Report, report } from './figures.ts'
import { benchLab } from './labs.ts'
import { type BenchService, withService } from './service.ts'

export interface ChaosOptions {
  driver: Driver
  home: string
  accel: string
  lab: LabFolder
  kills: number
  machines: number
  seed: number
}

export interface Lost {
  sandbox: string
  victims: Victim[]
  why: string
  status: unknown
}

export interface Chaos {
  kills: Record<Victim, number>
  whole: number
  told: number
  lost: Lost[]
  /** Containers that were hit. */
  seen: Set<string>
  /** What is left behind, by what it is. */
  leaked: Record<'containers' | 'volumes' | 'interfaces' | 'processes', number>
  /** What the service has grown by, all machines ended. */
  memoryMb: number
  descriptors: number
}

const usual = { kills: 1000, machines: 20, seed: 1 }
/** So many blows fall before anybody looks, so that some fall on what the one before has left. */
const mostAtOnce = 3
const betweenBlowsMs = 1_500
const grownMb = 96

export async function benchChaos({ lab, count, machines, seed }: BenchOptions): Promise<Report> {
  const folder = benchLab(await openCatalog(), lab)
  const home = join(readEnvironment().RINGSIDE_HOME, 'bench')
  const kills = count ?? usual.kills
  return inLabRoom(async ({ sandboxes: { driver, accel } }) => {
    const how = { driver, home, accel, lab: folder, kills, machines: machines ?? usual.machines }
    const chaos = await runChaos({ ...how, seed: seed ?? usual.seed })
    for (const one of chaos.lost) say(`  LOST ${JSON.stringify(one)}`)
    return report('chaos', figuresOf(chaos), accel)
  })
}

export function runChaos(options: ChaosOptions): Promise<Chaos> {
  const { home, accel, seed, kills, machines } = options
  say(`  ${kills} kills over ${machines} machines, seed ${seed}`)
  const env = { RINGSIDE_LINGER_SECONDS: '300' }
  return withService({ home, accel, env, restarts: 'always' }, (service) => run(service, options))
}

async function run(service: BenchService, options: ChaosOptions): Promise<Chaos> {
  const { driver, home, lab, kills, machines, seed } = options
  const chance = random(seed, 'chaos')
  const { id: labId } = lab.lab.meta
  const before = await heldBy(driver, home)
  const ids = await service.start(labId, machines)
  const learners = ids.map((id) => new Learner(service, id))
  for (const learner of learners)
    if ((await learner.begin()) !== 'same') throw new Error('no shell to begin with')
  const chaos: Chaos = {
    kills: Object.fromEntries(victims.map((victim) => [victim, 0])) as Record<Victim, number>,
    whole: 0,
    told: 0,
    lost: [],
    seen: new Set(),
    leaked: { containers: 0, volumes: 0, interfaces: 0, processes: 0 },
    memoryMb: 0,
    descriptors: 0,
  }
  let done = 0
  while (done < kills) {
    const count = Math.min(kills - done, chance.int(1, mostAtOnce))
    const hit = await burst({ ...options, service, seen: chaos.seen }, chance, learners, count)
    const all = [...hit.values()].flatMap(({ blows }) => blows)
    for (const victim of all) chaos.kills[victim]++
    done += all.length
    // A service that was killed is everybody's: two who were not hit are asked as well.
    const asked = new Set([...hit.keys(), pick(chance, learners), pick(chance, learners)])
    await Promise.all(
      [...asked].map(async (learner) => {
        const { blows = [], reset = false } = hit.get(learner) ?? {}
        const n = ids.indexOf(learner.sandbox) + 1
        const request = { id: learner.sandbox, lab: labId, seed: n, owner: service.owner }
        const outcome = await settle({
          learner,
          shellMayEnd: blows.includes('agent'),
          askedForAnother: reset,
          startAgain: async () => void (await service.client.start(request)),
        })
        if (outcome.kind !== 'lost') {
          if (hit.has(learner)) chaos[outcome.kind]++
          return
        }
        chaos.lost.push({
          sandbox: learner.sandbox,
          victims: blows,
          why: outcome.why,
          status: outcome.status,
        })
        // What is lost stays lost: the next blows fall on a fresh one.
        await service.client.reset(learner.sandbox).catch(() => {})
        learner.forget()
      }),
    )
    if (done % 20 < all.length)
      say(`  ${done} kills: ${chaos.whole} whole, ${chaos.told} told, ${chaos.lost.length} lost`)
  }
  await endAll(service, ids)
  const after = await heldBy(driver, home)
  for (const what of ['containers', 'volumes', 'interfaces'] as const)
    chaos.leaked[what] = Math.max(0, after[what] - before[what])
  chaos.leaked.processes = processesFor(chaos.seen)
  const grown = usedBy(service.pid ?? 0)
  const fresh = await afresh(service)
  chaos.memoryMb = grown.memoryMb - fresh.memoryMb
  chaos.descriptors = grown.descriptors - fresh.descriptors
  return chaos
}

interface Hit {
  blows: Victim[]
  /** Its learner pressed Reset just before: the blows fall on a machine that starts. */
  reset: boolean
}

/** A few blows, one soon after the other, most often at the same machine. */
async function burst(
  options: ChaosOptions & { service: BenchService; seen: Set<string> },
  chance: Random,
  learners: Learner[],
  count: number,
): Promise<Map<Learner, Hit>> {
  const { service, driver, seen } = options
  const hit = new Map<Learner, Hit>()
  const of = (learner: Learner): Hit => {
    const known = hit.get(learner) ?? { blows: [], reset: false }
    hit.set(learner, known)
    return known
  }
  let learner = pick(chance, learners)
  if (chance.next() < 0.15) {
    of(learner).reset = await service.client.reset(learner.sandbox).then(
      () => true,
      () => false,
    )
  }
  for (let fallen = 0, tries = 0; fallen < count && tries < 20; tries++) {
    const victim = pick(chance, victims)
    const container = await containerOf(options, learner.sandbox)
    if (container) seen.add(container.id)
    if (await strike(victim, { driver, container, service: service.pid })) {
      of(learner).blows.push(victim)
      fallen++
    }
    await pause(chance.next() * betweenBlowsMs)
    if (chance.next() < 0.3) learner = pick(chance, learners)
  }
  return hit
}

const pick = <T>(chance: Random, from: readonly T[]): T => from[chance.int(0, from.length - 1)] as T

/** The newest of its generations. */
async function containerOf({ driver, home }: ChaosOptions, sandbox: string) {
  const all = (await driver.list(homeFilter(home))).flatMap((container) => {
    const identity = readIdentity(container.labels)
    return identity?.sandbox === sandbox ? [{ container, generation: identity.generation }] : []
  })
  return all.toSorted((a, b) => b.generation - a.generation)[0]?.container
}

/** The service may be on its way back; what it has ended already is ended. */
async function endAll(service: BenchService, ids: string[]): Promise<void> {
  await service.healthy()
  for (const id of ids) await service.client.end(id).catch(() => {})
  await pause(2_000)
}

/** What a service uses that has just started, without a machine. */
async function afresh(service: BenchService) {
  const { pid } = service
  if (pid) process.kill(pid, 'SIGKILL')
  while (service.pid === undefined || service.pid === pid) await pause(50)
  await service.healthy()
  await pause(1_000)
  return usedBy(service.pid)
}

function figuresOf({ kills, whole, told, lost, leaked, memoryMb, descriptors }: Chaos) {
  return [
    ...victims.map((victim) => figure({ id: `chaos.kills.${victim}`, value: kills[victim], unit: 'kills' })),
    figure({ id: 'chaos.whole', value: whole, unit: 'machines' }),
    figure({ id: 'chaos.told', value: told, unit: 'machines' }),
    figure({ id: 'chaos.lost', value: lost.length, unit: 'machines', goal: 0 }),
    ...Object.entries(leaked).map(([what, value]) =>
      figure({ id: `chaos.leaked.${what}`, value, unit: what, goal: 0 }),
    ),
    figure({ id: 'chaos.leaked.memory', value: memoryMb, unit: 'MB', goal: grownMb }),
    figure({ id: 'chaos.leaked.descriptors', value: descriptors, unit: 'descriptors', goal: 16 }),
  ]
}
