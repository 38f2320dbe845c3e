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
  /** Under which addresses browsers come, separated by commas; `ringside up` always says it. */
  RINGSIDE_ORIGIN: z.string().optional(),
  /** Of the interface. Any but English is a folder of texts: docs/translating.md. */
  RINGSIDE_LANGUAGE: z
    .string()
    .refine(isLanguage, 'must be a language tag such as de or pt-BR')
    .default('en'),
  /** The folder that holds languages, when it is not app/_text. */
  RINGSIDE_TEXTS: z.string().optional(),
  RINGSIDE_OIDC_ISSUER: z
    .string()
    .refine(isIssuer, 'must be the https:// address of the identity provider (http:// only on this machine)')
    .optional(),
  RINGSIDE_OIDC_CLIENT_ID: z.string().optional(),
  RINGSIDE_OIDC_CLIENT_SECRET: z.string().optional(),
  RINGSIDE_OIDC_NAME: z.string().max(60, 'must be a name for the button, at most 60 characters').optional(),
})
const oidcVariables = ['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET', 'NAME'].map(
  (part) => `RINGSIDE_OIDC_${part}` as keyof z.infer<typeof schema>,
)

/** A provider needs all four; one alone is a mistake. */
const whole = schema.superRefine((env, context) => {
  const missing = oidcVariables.filter((name) => env[name] === undefined)
  if (missing.length === 0 || missing.length === oidcVariables.length) return
  for (const name of missing) {
    const message = 'is missing: an identity provider needs all four RINGSIDE_OIDC_ variables'
    context.addIssue({ code: 'custom', path: [name], message })
  }
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
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const result = whole.safeParse(given)
  if (result.success) return result.data
  const lines = result.error.issues.map(({ path, message }) => {
    const name = String(path[0])
    return `  ${name}: ${given[name] === undefined && !message.startsWith('is missing') ? 'is missing' : message}`
  })
  throw new Error(`The app cannot start with this environment:\n${lines.join('\n')}`)
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag
  } catch {
    return false
  }
}

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && /^(127\.[\d.]+|localhost|\[::1\])$/.test(hostname))
}
