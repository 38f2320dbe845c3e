/**
 * The same new fault on the machines of a cohort's learners. The attempt becomes one at the fault's lab: its ticket, hints, checks and verdicts are that
 * lab's from then on, and what was judged before stays where it was (decision 17). Never of an assignment. Knows no Docker and no lab's script.
 */
import type { SandboxClient } from '../../sandbox/client.ts'
import { type Problem, problemSchema, type SandboxStatus } from '../../sandbox/protocol/status.ts'
import { note } from '../audit.ts'
import { requireLiveCohort } from '../cohorts.ts'
import { type Database, isDuplicate, json } from '../database.ts'
import { badInput, refusalOf } from '../refusal.ts'
import { isId } from '../standing.ts'
import type { Person } from '../types.ts'
import { openIn } from './looks.ts'

/** What is known of labs here: which have a fault, and which machine they need. */
export interface Faults {
  list(): Promise<string[]>
  /** Text that two machines have in common when one can become the other; null for one that can become none. */
  kindAt(lab: string, seed: number): Promise<string | null>
  /** A seed from this one on whose machine is of this kind; null for none. */
  seedOfKind(lab: string, kind: string, from: number): Promise<number | null>
}

export interface FaultChoice {
  lab: string
  /** On how many of the machines that run now it could be put. */
  machines: number
}

export interface InjectionView {
  id: string
  learner: string
  lab: string
  state: 'asked' | 'done' | 'refused'
  problem: Problem | null
  /** ISO 8601. */
  at: string
}

/** Of the last hour, to be seen where one asks for more. */
const shownMs = 3_600_000
/** One that was asked for longer ago was interrupted: whoever worked on it is gone. */
const interruptedMs = 600_000
const mostSeed = 2 ** 31 - 1 - 1_000

export function injections(db: Database, sandboxes: SandboxClient, faults: Faults) {
  return {
    /** The faults that fit at least one machine of the cohort now. */
    async injectable(person: Person, cohortId: string): Promise<FaultChoice[]> {
      await requireLiveCohort(db, person, 'fault.inject', cohortId)
      const machines = await withKinds(await running(cohortId))
      const choices = await Promise.all(
        (await faults.list()).map(async (lab) => {
          const chosen = await choose(lab, machines)
          return { lab, machines: chosen?.fitting.length ?? 0 }
        }),
      )
      return choices.filter((choice) => choice.machines > 0)
    },

    /**
     * Begins to break these machines, all alike; how far it is `injections` tells. What does not fit is left as it is.
     * @param attempt one; null: all
     * @returns what is kept when all of it is done
     */
    async inject(
      person: Person,
      cohortId: string,
      lab: string,
      attempt: string | null,
    ): Promise<{ begun: number; done: Promise<unknown> }> {
      await requireLiveCohort(db, person, 'fault.inject', cohortId)
      const all = (await faults.list()).includes(lab) ? await running(cohortId) : []
      const asked = attempt === null ? all : all.filter(({ id }) => id === attempt)
      const chosen = await choose(lab, await withKinds(asked))
      if (!chosen || (attempt !== null && !isId(attempt))) throw fitsNowhere()
      const begun = await begin(person, cohortId, lab, chosen)
      return { begun: begun.length, done: Promise.all(begun.map(carryOut)) }
    },

    /** The newest first. */
    async injections(person: Person, cohortId: string): Promise<InjectionView[]> {
      await requireLiveCohort(db, person, 'fault.inject', cohortId)
      const rows = await db.injection.findMany({
        where: { cohortId, at: { gt: new Date(Date.now() - shownMs) } },
        orderBy: { id: 'desc' },
        include: { attempt: { select: { person: { select: { name: true } } } } },
      })
      return rows.map((row) => ({
        id: row.id,
        learner: row.attempt.person.name,
        lab: row.lab,
        state: row.state,
        problem: problemSchema.nullable().parse(row.problem),
        at: row.at.toISOString(),
      }))
    },
  }

  /** For practice, with a machine. */
  function running(cohortId: string): Promise<Running[]> {
    return db.attempt.findMany({
      where: { ...openIn(cohortId), assignmentId: null, state: 'running' },
      select: { id: true, lab: true, seed: true, personId: true },
    })
  }

  function withKinds(machines: Running[]): Promise<Kinded[]> {
    return Promise.all(
      machines.map(async (one) => ({ ...one, kind: await faults.kindAt(one.lab, one.seed) })),
    )
  }

  /** The seed whose machine most of these have, and which those are. One seed for all: it is the same fault. */
  async function choose(lab: string, machines: Kinded[]): Promise<Chosen | null> {
    const others = machines.filter((one) => one.kind !== null && one.lab !== lab)
    const from = Math.floor(Math.random() * mostSeed)
    let best: Chosen | null = null
    for (const kind of new Set(others.map((one) => one.kind ?? ''))) {
      const fitting = others.filter((one) => one.kind === kind)
      if (best && best.fitting.length >= fitting.length) continue
      const seed = await faults.seedOfKind(lab, kind, from)
      if (seed !== null) best = { seed, fitting }
    }
    return best
  }

  /** The row is that of the new lab before its machine is: who loads a page meanwhile comes to the right one. */
  async function begin(person: Person, cohortId: string, lab: string, { seed, fitting }: Chosen) {
    const begun: Begun[] = []
    for (const { id, lab: fromLab, seed: fromSeed, personId } of fitting) {
      const made = await db
        .$transaction(async (tx) => {
          const where = { id, lab: fromLab, state: 'running' as const, assignmentId: null }
          if ((await tx.attempt.updateMany({ where, data: { lab, seed } })).count === 0) return null
          await note(tx, person, { action: 'fault.injected', cohortId, subjectId: personId, detail: { lab } })
          return tx.injection.create({
            data: { cohortId, attemptId: id, byId: person.id, fromLab, fromSeed, lab, seed },
          })
        })
        // They have a machine at this lab already, in another tab.
        .catch((error) => {
          if (isDuplicate(error)) return null
          throw error
        })
      if (made) begun.push(made)
    }
    if (begun.length === 0) throw fitsNowhere()
    return begun
  }

  async function carryOut({ id, attemptId, fromLab, fromSeed, lab, seed }: Begun): Promise<void> {
    try {
      await sandboxes.inject(attemptId, { lab, seed })
      await db.injection.update({ where: { id }, data: { state: 'done' } })
    } catch (error) {
      await db.$transaction([
        db.attempt.updateMany({
          where: { id: attemptId, lab, seed },
          data: { lab: fromLab, seed: fromSeed },
        }),
        db.injection.update({
          where: { id },
          data: { state: 'refused', problem: json(refusalOf(error).problem) },
        }),
      ])
    }
  }
}

/** Whoever carried it out was killed in between: what the machine says of itself is true. */
export async function afterInterruption(db: Database, attemptId: string, status: SandboxStatus) {
  const recent = new Date(Date.now() - interruptedMs)
  const going = await db.injection.count({ where: { attemptId, state: 'asked', at: { gt: recent } } })
  if (going > 0) return
  const { lab, seed } = status
  await db.attempt
    .updateMany({ where: { id: attemptId, assignmentId: null }, data: { lab, seed } })
    .catch((error) => {
      if (!isDuplicate(error)) throw error
    })
}

interface Running {
  id: string
  lab: string
  seed: number
  personId: string
}
type Kinded = Running & { kind: string | null }
interface Chosen {
  seed: number
  fitting: Running[]
}
interface Begun {
  id: string
  attemptId: string
  fromLab: string
  fromSeed: number
  lab: string
  seed: number
}

const fitsNowhere = () =>
  badInput(
    'fits-nowhere',
    'This fault fits none of these machines now: each is of another kind, at that lab already, or graded work. Nothing was changed.',
    'Choose a fault from the list as it is now.',
  )
