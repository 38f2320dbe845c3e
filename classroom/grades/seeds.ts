/**
 * Which variant somebody gets. The seed follows from the assignment's secret key, so that it is the same whenever and wherever it is asked for, and
 * nobody can work out a neighbour's. Pure; knows no lab.
 */
import { createHmac, randomBytes } from 'node:crypto'
import type { SeedPolicy } from '../../prisma/client/enums.ts'

export interface SeedInput {
  seedKey: string
  seedPolicy: SeedPolicy
  lab: string
  personId: string
  /** 1 the first. Attempts that were lost or failed do not count, so that the next one has the same number and the same seed. */
  number: number
}

export const newSeedKey = (): string => randomBytes(32).toString('hex')

export function seedOf({ seedKey, seedPolicy, lab, personId, number }: SeedInput): number {
  const who = { cohort: [], learner: [personId], attempt: [personId, number] }[seedPolicy]
  const digest = createHmac('sha256', seedKey)
    .update(JSON.stringify([seedPolicy, lab, ...who]))
    .digest()
  return digest.readUInt32BE(0) >>> 1
}
