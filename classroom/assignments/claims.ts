/**
 * Who checks which submission now, and how many at a time: a claim is a moment until which other processes believe it, and is held for as long as the
 * check goes on. Knows no machine and no grade.
 */
import type { Database } from '../database.ts'

export interface Claim {
  attemptId: string
  tries: number
}

export interface ClaimTimes {
  /** So long a claim is believed of a process that may have been killed; who lives holds it anew. */
  leaseMs: number
  /** The wait after the first try that gave no verdict; it doubles. */
  againMs: number
}

/**
 * Of one process, what is handed in by hand and by the loop together. The service has a line of its own (sandbox/admission.ts): these are enough that
 * it is never empty, and few enough that a learner who checks meanwhile does not stand behind a whole class.
 */
export const atOnce = 8
const longestWaitMs = 120_000

export function claims(db: Database, times: ClaimTimes) {
  let free = atOnce

  return {
    /** Claims what is due, the oldest first, no more than there is room for, and begins with it. */
    async begin(most: number, settle: (claim: Claim) => Promise<void>): Promise<Promise<void>[]> {
      const taken = Math.min(most, free)
      free -= taken
      let begun = 0
      try {
        const claimed = taken > 0 ? await claimSome(taken) : []
        begun = claimed.length
        return claimed.map((claim) => settle(claim).finally(() => free++))
      } finally {
        free += taken - begun
      }
    },

    /** However long it takes: nobody else begins with it meanwhile. */
    async held<T>(attemptId: string, work: () => Promise<T>): Promise<T> {
      let renewal: Promise<unknown> = Promise.resolve()
      const timer = setInterval(() => {
        // A database that is away is heard of when the verdict is stored.
        renewal = claimUntil(attemptId, times.leaseMs).catch(() => {})
      }, times.leaseMs / 3)
      try {
        return await work()
      } finally {
        clearInterval(timer)
        await renewal
      }
    },

    putOff: ({ attemptId, tries }: Claim) =>
      claimUntil(attemptId, Math.min(times.againMs * 2 ** (tries - 1), longestWaitMs)),

    /** The machine was not free: that is no try. */
    postpone: ({ attemptId }: Claim) => claimUntil(attemptId, times.againMs, 1),
  }

  /** SKIP LOCKED: two processes never wait for each other, and never take the same one. */
  function claimSome(most: number): Promise<Claim[]> {
    return db.$queryRaw<Claim[]>`
      UPDATE "Submission" SET "claimedUntil" = now() + ${times.leaseMs} * interval '1 millisecond', "tries" = "tries" + 1
      WHERE "attemptId" IN (
        SELECT "attemptId" FROM "Submission"
        WHERE "state" = 'due' AND ("claimedUntil" IS NULL OR "claimedUntil" < now())
        ORDER BY "submittedAt" LIMIT ${most} FOR UPDATE SKIP LOCKED)
      RETURNING "attemptId", "tries"`
  }

  async function claimUntil(attemptId: string, waitMs: number, triesBack = 0): Promise<void> {
    await db.$executeRaw`
      UPDATE "Submission" SET "claimedUntil" = now() + ${waitMs} * interval '1 millisecond', "tries" = "tries" - ${triesBack}
      WHERE "attemptId" = ${attemptId}::uuid AND "state" = 'due'`
  }
}

/** What the service says of a machine that it will check a little later. */
export const isNotYet = (code: string | undefined): boolean => code !== undefined && notYet.has(code)
const notYet = new Set([
  'already-checking',
  'too-many-checks',
  'starting',
  'busy-machine',
  'saving',
  'going-back',
])
