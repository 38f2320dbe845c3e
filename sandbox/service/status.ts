/** The status of a machine that has just been asked for, the first time or again. Knows nothing of what becomes of it. */
import type { LabFolder } from '../../labs/folder.ts'
import type { Role, SandboxStatus } from '../protocol/status.ts'
import type { LimitsByRole } from './limits.ts'

interface Asked {
  id: string
  lab: LabFolder
  seed: number
  owner: string
  role: Role
  limits: LimitsByRole
}

/** All but what the room's parts say of themselves. Its generation is the first one. */
export function askedFor({
  id,
  lab,
  seed,
  owner,
  role,
  limits,
}: Asked): Omit<SandboxStatus, 'liveCounters' | 'rewind'> {
  const now = Date.now()
  const { lifetimeMinutes, longestMinutes } = limits[role]
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
  return {
    id,
    lab: lab.lab.meta.id,
    seed,
    owner,
    generation: 0,
    state: 'starting',
    steps: [],
    baseline: 'measuring',
    checking: false,
    checksAhead: 0,
    startedAt: at(0),
    expiresAt: at(lifetimeMinutes),
    extendableUntil: at(longestMinutes),
    suspendedAt: null,
    frozen: false,
    startMs: null,
    problem: null,
  }
}
