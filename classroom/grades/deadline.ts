/** Until when something of an assignment can be begun and handed in. Pure; moments only. */

export interface Dates {
  releaseAt: Date | null
  dueAt: Date | null
  lateDueAt: Date | null
  minutes: number | null
}

export interface Extended {
  dueAt: Date | null
  lateDueAt: Date | null
  extraMinutes: number
}

/** The dates for one learner: an extension only ever gives, so a date of the assignment that was moved behind it wins. */
export function datesFor(dates: Dates, extension: Extended | null): Dates {
  if (!extension) return dates
  const dueAt = later(dates.dueAt, extension.dueAt)
  // Where nothing counted late, it gives a late time; where there was no end at all, it takes none away.
  const last =
    dates.lateDueAt === null && dates.dueAt !== null
      ? extension.lateDueAt
      : later(dates.lateDueAt, extension.lateDueAt)
  // Due later than the last moment that counted: then that moves as well.
  const lateDueAt = last && dueAt && last < dueAt ? dueAt : last
  return { ...dates, dueAt, lateDueAt, minutes: dates.minutes && dates.minutes + extension.extraMinutes }
}

/** Nothing counts after it. Null: no end. */
export const lastMoment = ({ dueAt, lateDueAt }: Dates): Date | null => lateDueAt ?? dueAt

/** When an attempt hands itself in: the end of its time, or the last moment that counts. */
export function deadlineOf(dates: Dates, startedAt: Date): Date | null {
  const ends = dates.minutes === null ? null : new Date(startedAt.getTime() + dates.minutes * 60_000)
  const last = lastMoment(dates)
  if (ends === null || last === null) return ends ?? last
  return new Date(Math.min(ends.getTime(), last.getTime()))
}

/** No date of the assignment means no end, which no extension can better. */
const later = (date: Date | null, other: Date | null): Date | null =>
  date && other && other > date ? other : date
