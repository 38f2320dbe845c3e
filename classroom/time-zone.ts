/** Time zones by their IANA names, and the clock on the wall there. Pure. */
import { Temporal } from 'temporal-polyfill'
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

/**
 * What a clock there means: `2026-10-25T18:00`. An hour that the change to summer time leaves out is the one after it, one that comes twice is the
 * first: https://tc39.es/proposal-temporal/docs/ambiguity.html, "compatible".
 */
export function momentOf(timeZone: string, local: string): Date {
  try {
    const there = Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone, {
      disambiguation: 'compatible',
    })
    return new Date(there.epochMilliseconds)
  } catch {
    throw badInput(
      'bad-moment',
      'That is no date with a time. Nothing was changed.',
      'Give it as 2026-10-25T18:00, in the time zone of the cohort.',
    )
  }
}

/** The same the other way, to the minute. */
export function localOf(timeZone: string, moment: Date): string {
  const there = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone)
  return there.toPlainDateTime().toString({ smallestUnit: 'minute' })
}
