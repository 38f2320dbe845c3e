/**
 * The environment of the command line: one schema, checked before anything starts. Knows nothing of what is done with it.
 */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { CommandError } from './output.ts'

/** The checkout this command line belongs to. */
export const repository = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

const usualServicePort = 4701

const port = (fallback: number) =>
  z.coerce
    .number('should be a port, 1 to 65535')
    .int('should be a port, 1 to 65535')
    .min(1, 'should be a port, 1 to 65535')
    .max(65535, 'should be a port, 1 to 65535')
    .default(fallback)

const schema = z
  .object({
    RINGSIDE_HOME: z
      .string()
      .default('.ringside')
      .transform((path) => resolve(repository, path)),
    RINGSIDE_PORT: port(4700),
    RINGSIDE_SERVICE_PORT: port(usualServicePort),
    RINGSIDE_HOST: z.string().min(1).default('127.0.0.1'),
    RINGSIDE_MODE: z.enum(['personal', 'classroom'], 'should be personal or classroom').default('personal'),
    /** Addresses that browsers use when they differ from host and port, as behind a proxy; separated by commas. */
    RINGSIDE_ORIGIN: z
      .string()
      .refine(
        (text) => text.split(',').every(isOrigin),
        'should be addresses such as https://ringside.example.org, separated by commas',
      )
      .optional(),
    RINGSIDE_RECORDING_DAYS: z.coerce
      .number('should be a number of days, 0 to record nothing')
      .int('should be a whole number of days')
      .min(0, 'should be a number of days, 0 to record nothing')
      .max(3650, 'should be at most 3650 days')
      .default(7),
    RINGSIDE_SUBMISSION_DAYS: z.coerce
      .number('should be a number of days')
      .int('should be a whole number of days')
      .min(0, 'should be a number of days')
      .max(3650, 'should be at most 3650 days')
      .default(400),
    RINGSIDE_ACCEL: z.enum(['auto', 'tcg', 'kvm'], 'should be auto, tcg or kvm').default('auto'),
    RINGSIDE_POOL: z.coerce
      .number('should be a whole number, 0 to 500')
      .int('should be a whole number, 0 to 500')
      .min(0, 'should be a whole number, 0 to 500')
      .max(500, 'should be a whole number, 0 to 500')
      .default(1),
    /** The folder of the app's build, when it is not to be the usual one. */
    RINGSIDE_APP_BUILD: z
      .string()
      .regex(/^\.next[\w-]*$/, 'should be a folder name that begins with .next')
      .optional(),
    DATABASE_URL: z
      .string()
      .regex(
        /^postgres(ql)?:\/\//,
        'should be an address such as postgresql://user:password@host:5432/ringside',
      )
      .optional(),
    DOCKER_HOST: z
      .string()
      .regex(
        /^(unix|tcp|https?|ssh):\/\//,
        'should be an address such as unix:///var/run/docker.sock or tcp://host:2375',
      )
      .optional(),
  })
  .refine((env) => env.RINGSIDE_PORT !== env.RINGSIDE_SERVICE_PORT, {
    path: ['RINGSIDE_SERVICE_PORT'],
    message: 'should differ from RINGSIDE_PORT',
  })
  .refine((env) => env.RINGSIDE_MODE === 'classroom' || isLoopback(env.RINGSIDE_HOST), {
    path: ['RINGSIDE_HOST'],
    message:
      'lets other machines in, which personal mode is not made for: set RINGSIDE_MODE=classroom (accounts and passwords), or leave it at 127.0.0.1',
  })

export type Environment = z.infer<typeof schema>

/** An empty variable means an unset one, as in a compose file's `VAR=`. @throws CommandError naming every variable that is wrong. */
export function readEnvironment(env: Record<string, string | undefined> = process.env): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(
    ({ path, message }) => `  ${path.join('.')}=${given[String(path[0])] ?? ''}: ${message}`,
  )
  throw new CommandError(
    `The environment is not right:\n${problems.join('\n')}`,
    'Correct or unset these variables; README.md lists what each one means.',
  )
}

/** The build holds the service's address, so a Ringside on another port needs a build of its own beside the usual one. */
export function appBuildOf(env: Environment): string {
  if (env.RINGSIDE_APP_BUILD) return env.RINGSIDE_APP_BUILD
  return env.RINGSIDE_SERVICE_PORT === usualServicePort ? '.next' : `.next-${env.RINGSIDE_SERVICE_PORT}`
}

/** The address to open, and every origin a browser may come from. */
export function addressOf(env: Environment): string {
  return firstOrigin(env) ?? `http://${hostInUrl(env.RINGSIDE_HOST)}:${env.RINGSIDE_PORT}`
}

export function originsOf(env: Environment): string[] {
  if (env.RINGSIDE_ORIGIN)
    return env.RINGSIDE_ORIGIN.split(',').map((origin) => new URL(origin.trim()).origin)
  return [...new Set([hostInUrl(env.RINGSIDE_HOST), '127.0.0.1', 'localhost'])].map(
    (host) => `http://${host}:${env.RINGSIDE_PORT}`,
  )
}

const firstOrigin = (env: Environment): string | undefined =>
  env.RINGSIDE_ORIGIN ? originsOf(env)[0] : undefined

/** 0.0.0.0 is a place to listen at, not one to go to; IPv6 wants brackets. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

/** Only this machine gets there. */
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host)

function isOrigin(text: string): boolean {
  return URL.canParse(text.trim()) && /^https?:$/.test(new URL(text.trim()).protocol)
}
