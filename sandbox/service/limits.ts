/**
 * How long machines live and how many there may be, for each role: the one place for these numbers. Pure; knows no machine and no clock.
 */
import { z } from 'zod'
import type { Role } from '../protocol/status.ts'

export interface Limits {
  /** What a machine gets when it starts. */
  lifetimeMinutes: number
  /** What is left at least after a sign of life, or after Extend. */
  extendMinutes: number
  /** When it ends at the latest, however much it is used. */
  longestMinutes: number
  /** How many machines one person may have at a time. */
  machines: number
}
export type LimitsByRole = Record<Role, Limits>

/** A live machine with its share of everything, see docs/performance.md. */
const machineMb = 70
/** For the system, the app, the database and this service. */
const reservedMb = 1024

/** So many machines that a fifth of the memory stays free: a machine at work needs more than one at rest. */
export const machinesThatFit = (totalMb: number): number =>
  Math.max(1, Math.floor((totalMb * 0.8 - reservedMb) / machineMb))

/**
 * A variable with one number for everybody, or with numbers by role, as `60` or `learner=60,owner=240`. A role that is not named keeps its
 * default.
 */
export function byRole(number: z.ZodNumber, defaults: Record<Role, number>, what: string) {
  const entry = new RegExp(`^(?:(?<role>${Object.keys(defaults).join('|')})=)?(?<value>[\\d.]+)$`)
  return z
    .string()
    .default('')
    .transform((text, context): Record<Role, number> => {
      const values = { ...defaults }
      for (const word of text.split(',').filter((part) => part.trim() !== '')) {
        const { role, value } = entry.exec(word.trim())?.groups ?? {}
        const parsed = number.safeParse(Number(value))
        if (!parsed.success) context.addIssue(`should be ${what}, or one for each role: learner=…,owner=…`)
        else if (role) values[role as Role] = parsed.data
        else for (const every of Object.keys(values)) values[every as Role] = parsed.data
      }
      return values
    })
}
