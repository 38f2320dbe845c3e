/** Time zones by their IANA names, as this runtime knows them. Pure. */
import { badInput } from './refusal.ts'

export function requireTimeZone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    throw badInput(
      'bad-time-zone',
      `"${name.slice(0, 64)}" is no time zone. Nothing was changed.`,
      'Give it as Europe/Berlin, America/New_York or UTC.',
    )
  }
}
