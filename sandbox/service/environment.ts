/**
 * The service's environment: one schema, checked at boot. Knows nothing of what is done with it.
 */
import os from 'node:os'
import { z } from 'zod'
import { type Role, roleSchema } from '../protocol/status.ts'
import { byRole, type LimitsByRole, machinesThatFit } from './limits.ts'

const weekMinutes = 7 * 24 * 60
const minutes = z.number().positive().max(weekMinutes)

const schema = z
  .object({
    RINGSIDE_HOME: z.string().min(1, 'the folder that holds Ringside’s state'),
    RINGSIDE_SECRET: z.string().min(32, 'at least 32 characters, shared with the app'),
    RINGSIDE_SERVICE_HOST: z.string().default('127.0.0.1'),
    RINGSIDE_SERVICE_PORT: z.coerce.number().int().min(0).max(65535).default(4701),
    /** Origins whose pages may open WebSockets, separated by commas. */
    RINGSIDE_ORIGIN: z
      .string()
      .min(1, 'the address of the app as browsers see it, such as http://127.0.0.1:4700')
      .transform((text) => text.split(',').map((origin) => new URL(origin.trim()).origin)),
    RINGSIDE_ACCEL: z.enum(['auto', 'tcg', 'kvm']).default('auto'),
    /** How long a sandbox lives from its start on. */
    RINGSIDE_LIFETIME_MINUTES: byRole(minutes, { owner: 120, learner: 120 }, 'minutes, more than 0'),
    /** How much is left at least after a sign of life, or after Extend. */
    RINGSIDE_EXTEND_MINUTES: byRole(minutes, { owner: 120, learner: 120 }, 'minutes, more than 0'),
    /** How long it may live at most, however much it is used. */
    RINGSIDE_LONGEST_MINUTES: byRole(minutes, { owner: 1440, learner: 480 }, 'minutes, more than 0'),
    /** How long nobody has to look at a sandbox before it is paused; 0: never. */
    RINGSIDE_SUSPEND_MINUTES: z.coerce
      .number('should be minutes, 0 for never')
      .min(0)
      .max(weekMinutes)
      .default(10),
    RINGSIDE_MACHINES_PER_PERSON: byRole(
      z.number().int().min(1).max(10_000),
      { owner: 20, learner: 5 },
      'a number of machines, 1 or more',
    ),
    /** How many sandboxes there may be in all. */
    RINGSIDE_MACHINES: z.coerce
      .number('should be a number of machines, 1 or more')
      .int()
      .min(1)
      .default(machinesThatFit(os.totalmem() / 1024 ** 2)),
    /** How long a sandbox outlives a service that is gone. */
    RINGSIDE_LINGER_SECONDS: z.coerce.number().int().min(10).max(86400).default(1800),
    /**
     * How many days what was recorded of a sandbox, shells and counters, is kept after the last of it was written; 0: shells are not recorded, and
     * counters kept as long as the sandbox lives.
     */
    RINGSIDE_RECORDING_DAYS: z.preprocess(
      // An empty variable means an unset one: what is kept must not be thrown away over it.
      (value) => (value === '' ? undefined : value),
      z.coerce.number().int().min(0).max(3650).default(7),
    ),
    /** How many days it is kept when it was handed in, unless RINGSIDE_RECORDING_DAYS is more, or 0. */
    RINGSIDE_SUBMISSION_DAYS: z.preprocess(
      (value) => (value === '' ? undefined : value),
      z.coerce.number().int().min(0).max(3650).default(400),
    ),
    /** Whether learners may save moments of their machines and go back to them; each takes some MB of memory. */
    RINGSIDE_REWIND: z
      .enum(['on', 'off'])
      .default('on')
      .transform((text) => text === 'on'),
    /** How many machines of each kind in use are kept ready. */
    RINGSIDE_POOL: z.coerce
      .number('how many machines of each kind in use are kept ready, 0 to 500')
      .int()
      .min(0)
      .max(500)
      .default(1),
  })
  .superRefine((env, context) => {
    for (const role of roleSchema.options)
      if (env.RINGSIDE_LIFETIME_MINUTES[role] > env.RINGSIDE_LONGEST_MINUTES[role])
        context.addIssue({
          code: 'custom',
          path: ['RINGSIDE_LONGEST_MINUTES'],
          message: `should be at least RINGSIDE_LIFETIME_MINUTES, for a ${role} ${env.RINGSIDE_LIFETIME_MINUTES[role]}`,
        })
  })
/** The numbers of each role, together. */
export function limitsOf(env: ServiceEnvironment): LimitsByRole {
  const of = (role: Role) => ({
    lifetimeMinutes: env.RINGSIDE_LIFETIME_MINUTES[role],
    extendMinutes: env.RINGSIDE_EXTEND_MINUTES[role],
    longestMinutes: env.RINGSIDE_LONGEST_MINUTES[role],
    machines: env.RINGSIDE_MACHINES_PER_PERSON[role],
  })
  return { owner: of('owner'), learner: of('learner') }
}

export type ServiceEnvironment = z.infer<typeof schema>

/** @throws Error naming every variable that is missing or wrong, and what it should be */
export function serviceEnvironment(env: NodeJS.ProcessEnv): ServiceEnvironment {
  const parsed = schema.safeParse(env)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The environment of the sandbox service is not right:\n${problems.join('\n')}`)
}
