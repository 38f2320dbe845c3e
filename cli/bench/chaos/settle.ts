/**
 * What became of a machine after a blow: it came back whole, or its learner was told and offered a fresh one, which is then taken. Whatever is
 * neither in time is a failure, with all that is known of it. Knows no process.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { ServiceError } from '../../../sandbox/client.ts'
import type { Problem } from '../../../sandbox/protocol/status.ts'
import type { Learner } from './learner.ts'

/** `whole`: the same shell. `told`: that the shell or the machine is gone, and how to get another. */
export type Outcome = { kind: 'whole' | 'told' } | { kind: 'lost'; why: string; status: unknown }

const patienceMs = 90_000
const tellingMs = 5_000

export interface Settling {
  learner: Learner
  /** Whether a shell may have ended, told, while its machine goes on: its agent was killed. */
  shellMayEnd: boolean
  /** The learner has pressed Reset: a fresh machine is what was asked for. */
  askedForAnother: boolean
  /** Asks for the machine again under its id, as the page does when it is gone. */
  startAgain(): Promise<void>
}

/** Waits until the machine is as it was, or as fresh as it was offered. */
export async function settle(settling: Settling): Promise<Outcome> {
  const { learner } = settling
  const { client } = learner.service
  let told = settling.askedForAnother
  let last: unknown = null
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await pause(100)) {
    const status = await ask(() => client.status(learner.sandbox))
    last = status ?? last
    if (status === 'gone') {
      told = true
      learner.forget()
      await ask(() => settling.startAgain())
      continue
    }
    // The service is on its way back.
    if (!status || status.state === 'starting') continue
    if (status.state === 'dead' || status.state === 'failed') {
      if (!offersAnother(status.problem)) return { kind: 'lost', why: 'told nothing of Reset', status }
      told = true
      learner.forget()
      await ask(() => client.reset(learner.sandbox))
      continue
    }
    const fresh = learner.generation !== status.generation
    if (fresh && learner.generation !== null && !told)
      return { kind: 'lost', why: 'another machine, and nobody was told', status }
    const seen = fresh ? await learner.begin() : await learner.look()
    if (seen === 'same') return { kind: told || fresh ? 'told' : 'whole' }
    if (seen === 'away' || fresh) continue
    // A machine that dies takes its shells along, and is told of a moment later.
    if (!settling.shellMayEnd && !told && (await staysReady(learner)))
      return { kind: 'lost', why: 'its shell ended, and nobody was told why', status }
    told = true
    learner.forget()
  }
  return { kind: 'lost', why: `neither whole nor told after ${patienceMs / 1000} s`, status: last }
}

async function staysReady({ service, sandbox }: Learner): Promise<boolean> {
  for (const deadline = Date.now() + tellingMs; Date.now() < deadline; await pause(200)) {
    const status = await ask(() => service.client.status(sandbox))
    if (status === 'gone' || (status && status.state !== 'ready')) return false
  }
  return true
}

const offersAnother = (problem: Problem | null): boolean =>
  problem !== null && problem.message !== '' && /Reset|start/i.test(problem.remedy)

/** Null: the service does not answer. `gone`: it says that there is no such machine. */
async function ask<T>(question: () => Promise<T>): Promise<T | 'gone' | null> {
  try {
    return await question()
  } catch (error) {
    const code = error instanceof ServiceError ? error.problem.code : null
    return code === 'no-sandbox' ? 'gone' : null
  }
}
