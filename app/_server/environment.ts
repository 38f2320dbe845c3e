/**
 * The app's environment, parsed once. What is wrong is said with the variable's name and what it should be. Knows no default secret.
 */
import { z } from 'zod'

const schema = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgresql:// address'),
  RINGSIDE_SERVICE_URL: z
    .url({ protocol: /^https?$/, error: 'must be the http:// address of the sandbox service' })
    .default('http://127.0.0.1:4701')
    .transform((url) => url.replace(/\/+$/, '')),
  RINGSIDE_SECRET: z.string().min(32, 'must be at least 32 characters, the same as the sandbox service has'),
  RINGSIDE_OWNER_TOKEN: z.string().min(16, 'must be the token of the address that `npm start` prints'),
  RINGSIDE_MODE: z
    .enum(['personal', 'classroom'], 'must be personal (the printed link is the only way in) or classroom')
    .default('personal'),
})
export type Environment = z.infer<typeof schema>

let parsed: Environment | undefined

export function environment(): Environment {
  parsed ??= parseEnvironment(process.env)
  return parsed
}

/** At the start of the process: with an environment that will not do it says so and ends. Next itself would go on, and fail at every page. */
export function requireEnvironment(): void {
  try {
    environment()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  }
}

export function parseEnvironment(variables: Record<string, string | undefined>): Environment {
  const result = schema.safeParse(variables)
  if (result.success) return result.data
  const lines = result.error.issues.map(({ path, message }) => {
    const name = String(path[0])
    return `  ${name}: ${variables[name] === undefined ? 'is missing' : message}`
  })
  throw new Error(`The app cannot start with this environment:\n${lines.join('\n')}`)
}
