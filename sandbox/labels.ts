/**
 * The labels that tell whose sandbox a container is, so that a service that lost its memory finds everything again. Knows no engine.
 */
import { z } from 'zod'

const prefix = 'ringside.'

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

/** What to ask the engine for: every sandbox of this installation, narrowed by any of the fields. */
export function identityFilter(
  home: string,
  narrow: Partial<Pick<SandboxIdentity, 'owner' | 'lab'>> = {},
): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ home, sandbox: '', ...narrow }).map(([key, value]) => [prefix + key, value]),
  )
}
