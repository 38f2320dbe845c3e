/**
 * The labels that tell whose sandbox a container is, so that a service that lost its memory finds everything again. Labels cannot change, so a
 * container of the warm pool carries only what it was restored from; whose it became lies in its memo. Knows no engine.
 */
import { z } from 'zod'

const prefix = 'ringside.'
const poolLabel = `${prefix}pool`

const identitySchema = z.object({
  /** The installation this sandbox belongs to: its state folder. Two checkouts on one engine never touch each other's. */
  home: z.string(),
  sandbox: z.uuid(),
  owner: z.string(),
  lab: z.string(),
  seed: z.coerce.number().int(),
  generation: z.coerce.number().int(),
  started: z.iso.datetime(),
  expires: z.iso.datetime(),
})
export type SandboxIdentity = z.infer<typeof identitySchema>

export function identityLabels(identity: SandboxIdentity): Record<string, string> {
  return Object.fromEntries(Object.entries(identity).map(([key, value]) => [prefix + key, String(value)]))
}

/** The identity a container's labels tell, or null when they are not (or no longer) ours to read. */
export function readIdentity(labels: Record<string, string>): SandboxIdentity | null {
  const fields = Object.fromEntries(
    Object.keys(identitySchema.shape).map((key) => [key, labels[prefix + key]]),
  )
  const parsed = identitySchema.safeParse(fields)
  return parsed.success ? parsed.data : null
}

/** The identity that a memo tells, or null when it is none. */
export function parseIdentity(text: string): SandboxIdentity | null {
  try {
    return identitySchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Of a machine that waits for whoever comes. `key` names exactly what it was restored from. */
export const poolLabels = (home: string, key: string): Record<string, string> => ({
  [`${prefix}home`]: home,
  [poolLabel]: key,
})

/** What a machine of the pool was restored from; null for any other container. */
export const poolKeyOf = (labels: Record<string, string>): string | null => labels[poolLabel] ?? null

/** Everything of this installation, whoever's it is. */
export const homeFilter = (home: string): Record<string, string> => ({ [`${prefix}home`]: home })

/** What to ask the engine for: every sandbox of this installation, narrowed by any of the fields. */
export function identityFilter(
  home: string,
  narrow: Partial<Pick<SandboxIdentity, 'owner' | 'lab'>> = {},
): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ home, sandbox: '', ...narrow }).map(([key, value]) => [prefix + key, value]),
  )
}
