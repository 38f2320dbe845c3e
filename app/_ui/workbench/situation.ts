/**
 * Where a learner stands in a lab, worked out from the attempt, the machine's status and what the connection says. Pure.
 */
import type { AttemptView } from '#/classroom/types.ts'
import type { Problem, SandboxStatus } from '#/sandbox/protocol/status.ts'
import type { Connection } from './watch.ts'

export type Situation =
  /** No machine; `problem` says why the last one is gone, `ended` that the learner ended it. */
  | { kind: 'idle'; problem: Problem | null; ended: boolean }
  | { kind: 'starting'; status: SandboxStatus | null }
  | { kind: 'ready'; status: SandboxStatus }
  | { kind: 'dead'; status: SandboxStatus; problem: Problem | null }
  /** There is a machine, but nobody can say how it is. */
  | { kind: 'unknown'; problem: Problem | null }

/** Of two statuses of one machine the one that is further: an answer that was long on its way must not take the page back. */
export function latestStatus(known: SandboxStatus | null, next: SandboxStatus | null): SandboxStatus | null {
  const same = known && next && known.id === next.id && known.generation === next.generation
  return same && next.state === 'starting' && known.state !== 'starting' ? known : next
}

export interface Facts {
  attempt: AttemptView | null
  status: SandboxStatus | null
  connection: Connection
  expired: Problem
}

export function situationOf({ attempt, status, connection, expired }: Facts): Situation {
  if (!attempt) return { kind: 'idle', problem: null, ended: false }
  if (attempt.state === 'finished') return { kind: 'idle', problem: null, ended: true }
  if (attempt.state === 'lost' || attempt.state === 'failed') {
    return { kind: 'idle', problem: attempt.problem, ended: false }
  }
  if (status?.state === 'failed') return { kind: 'idle', problem: status.problem, ended: false }
  if (status?.state === 'ended' || connection === 'over')
    return { kind: 'idle', problem: expired, ended: false }
  if (status?.state === 'dead') return { kind: 'dead', status, problem: status.problem }
  if (status?.state === 'ready') return { kind: 'ready', status }
  if (status || attempt.state === 'starting') return { kind: 'starting', status }
  return { kind: 'unknown', problem: attempt.problem }
}
