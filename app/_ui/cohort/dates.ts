/** Moments as people of a cohort say them: in its zone. Pure. */
import { locale } from '#/app/_text/language.ts'

export const dateIn = (timeZone: string, iso: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date(iso),
  )

export const momentIn = (timeZone: string, iso: string): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(iso))
