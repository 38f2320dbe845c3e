/**
 * The learners of a workshop bench: who they are, what they do, what stands for the machines of those who have none. Knows no wall and no figure.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '../../classroom/postgres/connection.ts'
import type { SeatNews, Tile } from '../../classroom/room/view.ts'
import { type Line, type Visitor, visitor } from './room-client.ts'
import { type RoomMachine, startMachine } from './room-machines.ts'

/** From one deed of a learner to their next, on average. */
const restMs = 6_000
const labs = ['accept-queue', 'silent-drop', 'ring-overflow', 'syn-flood']

export interface Learner {
  id: string
  visitor: Visitor
  lab: string
  /** Theirs, or the row that stands for one. */
  attempt: string
  machine: RoomMachine | null
  /** Of the last check. */
  passed: number
  path: string
  line: Line | null
  isUp: boolean
  /** What the wall is to show next. */
  waits: { since: number; isIt(tile: Tile): boolean } | null
  told: string | null
}

export async function joinIn(address: string, code: string, n: number): Promise<Learner> {
  const one = visitor(address)
  await one.page(`/join/${code}`)
  await one.form(`/api/entrance/join?code=${code}`, { name: `Learner ${n}` })
  const lab = labs[n % labs.length] as string
  const nothing = { line: null, isUp: false, waits: null, told: null, machine: null }
  return { ...nothing, id: '', visitor: one, lab, attempt: '', passed: 0, path: `/labs/${lab}` }
}

/** Who they are, and an open attempt for each who has no machine. */
export async function fill(client: Client, cohort: string, learners: Learner[]): Promise<void> {
  const { rows } = await client.query<{ id: string; name: string }>(
    `SELECT p."id", p."name" FROM "Person" p JOIN "Enrollment" e ON e."personId" = p."id" WHERE e."cohortId" = $1 AND e."role" = 'learner'`,
    [cohort],
  )
  for (const [index, learner] of learners.entries()) {
    learner.id = rows.find(({ name }) => name === `Learner ${index + 1}`)?.id ?? ''
    if (learner.machine) continue
    learner.attempt = randomUUID()
    await client.query(
      `INSERT INTO "Attempt" ("id", "personId", "lab", "seed", "state", "startedAt", "updatedAt") VALUES ($1, $2, $3, 1, 'running', now() - interval '10 minutes', now())`,
      [learner.attempt, learner.id, learner.lab],
    )
  }
}

const criteria = 5
/** As large as a real one. */
const verdictWith = (passed: number): string =>
  JSON.stringify({
    criteria: Array.from({ length: criteria }, (_, n) => ({
      id: `criterion-${n}`,
      kind: 'behaviour',
      status: n < passed ? 'pass' : 'fail',
      feedback: 'What was observed, in words. '.repeat(6),
      evidence: Array.from({ length: 4 }, () => ({ label: 'Connections', before: '12', after: '40' })),
    })),
  })

export async function startMachines(learners: Learner[], address: string): Promise<void> {
  for (const learner of learners) {
    learner.machine = await startMachine(learner.visitor, address, learner.lab)
    learner.attempt = learner.machine.attempt
  }
  await Promise.all(learners.map(({ machine }) => machine?.ready))
}

export function sit(learner: Learner): void {
  learner.line = learner.visitor.hear(
    () => `/api/room/seat?at=${encodeURIComponent(learner.path)}`,
    (text) => {
      const { seat } = JSON.parse(text) as SeatNews
      learner.told = seat?.room.messages[0]?.text ?? null
    },
  )
}

/** One machine after the other, over and over: that is what two processors do. From the answer to its tile is measured as every deed is. */
export async function checkAll(learners: Learner[], end: number): Promise<number> {
  let checked = 0
  for (let n = 0; learners.length > 0 && performance.now() < end - 15_000; n++) {
    const learner = learners[n % learners.length] as Learner
    await learner.machine?.check()
    checked++
    // The second one of a machine that nobody has mended says the same, and changes no tile.
    if (n < learners.length)
      learner.waits = { since: performance.now(), isIt: (tile) => tile.criteria !== null }
  }
  return checked
}

/** Until the end they go to another page, raise or lower their hand, or are checked; one thing at a time, so that each is seen to arrive. */
export async function live(
  client: Client,
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
    if (deed % 3 === 0) {
      learner.path = learner.path.startsWith('/labs/') ? '/chapters/nic' : `/labs/${learner.lab}`
      const item = learner.path.startsWith('/labs/') ? `lab:${learner.lab}` : 'chapter:nic'
      learner.waits = { since, isIt: (tile) => tile.online && tile.item === item }
      learner.line?.again()
    } else if (deed % 3 === 1) {
      learner.isUp = !learner.isUp
      const { isUp } = learner
      learner.waits = { since, isIt: (tile) => (tile.hand !== null) === isUp }
      await learner.visitor.post('/api/room/hand', { cohort, up: isUp })
      answers.push(performance.now() - since)
    } else await replayCheck(client, learner, cohort)
  }
}

/** What a check leaves: its verdict, and a request of its learner that is answered. */
async function replayCheck(client: Client, learner: Learner, cohort: string): Promise<void> {
  const passed = (learner.passed + 1) % criteria
  learner.passed = passed
  await client.query(
    `INSERT INTO "Verdict" ("id", "attemptId", "lab", "generation", "status", "score", "maxScore", "verdict", "before", "after") VALUES ($1, $2, $3, 0, 'fail', 20, 100, $4, '{}', '{}')`,
    [randomUUID(), learner.attempt, learner.lab, verdictWith(passed)],
  )
  learner.waits = { since: performance.now(), isIt: (tile) => tile.criteria?.passed === passed }
  await learner.visitor.post('/api/room/hand', { cohort, up: learner.isUp })
}

/** A hand is raised or lowered, until it is taken, and the wall shows it. */
export async function deedArrives(learner: Learner, cohort: string): Promise<void> {
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

export async function until(isSo: () => boolean, everyMs = 100, mostMs = 60_000): Promise<void> {
  for (const end = performance.now() + mostMs; !isSo(); ) {
    if (performance.now() > end) throw new Error('What the bench waits for has not come within a minute.')
    await pause(everyMs)
  }
}
