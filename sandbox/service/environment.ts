/**
 * The service's environment: one schema, checked at boot. Knows nothing of what is done with it.
 */
import { z } from 'zod'

const schema = z.object({
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
  /** How long a sandbox lives. */
  RINGSIDE_LIFETIME_MINUTES: z.coerce.number().int().min(5).max(1440).default(120),
  /** How long a sandbox outlives a service that is gone. */
  RINGSIDE_LINGER_SECONDS: z.coerce.number().int().min(10).max(86400).default(1800),
  /** How many days recordings of terminals are kept after the last of one was written; 0: nothing is recorded. */
  RINGSIDE_RECORDING_DAYS: z.preprocess(
    // An empty variable means an unset one: what is kept must not be thrown away over it.
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(0).max(3650).default(7),
  ),
})
export type ServiceEnvironment = z.infer<typeof schema>

/** @throws Error naming every variable that is missing or wrong, and what it should be */
export function serviceEnvironment(env: NodeJS.ProcessEnv): ServiceEnvironment {
  const parsed = schema.safeParse(env)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The environment of the sandbox service is not right:\n${problems.join('\n')}`)
}
