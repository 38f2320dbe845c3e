/** The workbench shows where one really stands. */
import { expect, it } from 'vitest'
import type { AttemptView } from '#/classroom/types.ts'
import type { SandboxStatus } from '#/sandbox/protocol/status.ts'
import { latestStatus, situationOf } from './situation.ts'

const expired = { code: 'expired', message: 'gone', remedy: 'again' }
const machine: SandboxStatus = {
  id: '7f1f7a63-6f6b-4c0e-9d6c-0a5f4d0c6c11',
  lab: 'accept-queue',
  seed: 1,
  owner: 'p',
  generation: 0,
  state: 'ready',
  steps: [],
  baseline: 'taken',
  checking: false,
  checksAhead: 0,
  rewind: { allowed: true, moments: [], busy: null, unsaved: false },
  startedAt: '2026-01-01T10:00:00.000Z',
  liveCounters: false,
  expiresAt: '2026-01-01T12:00:00.000Z',
  extendableUntil: '2026-01-01T18:00:00.000Z',
  suspendedAt: null,
  frozen: false,
  startMs: 900,
  problem: null,
}
const attempt: AttemptView = {
  id: machine.id,
  lab: machine.lab,
  assignment: null,
  seed: 1,
  generation: 0,
  state: 'running',
  createdAt: machine.startedAt,
  startedAt: machine.startedAt,
  endedAt: null,
  deadlineAt: null,
  answers: null,
  sandbox: machine,
  problem: null,
}
const at = (
  change: Partial<AttemptView>,
  status: Partial<SandboxStatus> | null,
  connection: 'live' | 'over' = 'live',
) =>
  situationOf({
    attempt: { ...attempt, ...change },
    status: status && { ...machine, ...status },
    connection,
    expired,
  })

it('is idle before the first start and after the end', () => {
  expect(situationOf({ attempt: null, status: null, connection: 'connecting', expired }).kind).toBe('idle')
  expect(at({ state: 'finished' }, null)).toEqual({ kind: 'idle', problem: null, ended: true })
})

it('says why a machine is gone', () => {
  expect(at({ state: 'lost', problem: expired }, null)).toEqual({
    kind: 'idle',
    problem: expired,
    ended: false,
  })
  expect(at({}, { state: 'ended' })).toMatchObject({ kind: 'idle', problem: expired })
  expect(at({}, {}, 'over')).toMatchObject({ kind: 'idle', problem: expired })
})

it('follows the machine from the start to its death', () => {
  expect(at({ state: 'starting' }, null).kind).toBe('starting')
  expect(at({}, { state: 'starting', generation: 1 }).kind).toBe('starting')
  expect(at({}, {}).kind).toBe('ready')
  expect(at({}, { state: 'dead', problem: expired })).toMatchObject({ kind: 'dead', problem: expired })
})

it('does not pretend to know when the service does not answer', () => {
  expect(at({ problem: expired }, null)).toEqual({ kind: 'unknown', problem: expired })
})

it('does not go back to an older status of the same machine', () => {
  const starting: SandboxStatus = { ...machine, state: 'starting' }
  expect(latestStatus(machine, starting)).toBe(machine)
  expect(latestStatus(machine, { ...starting, generation: 1 })?.generation).toBe(1)
  expect(latestStatus(starting, machine)).toBe(machine)
  expect(latestStatus(machine, null)).toBeNull()
})
