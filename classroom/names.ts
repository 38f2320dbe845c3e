/**
 * What people call themselves and what they type to sign in: read at the door. Pure; knows no database.
 */
import { badInput } from './refusal.ts'

export const nameLength = 80
export const loginLength = 254

/** Control characters, and those that turn the direction of the text around them. */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

/** Seen by nobody, and twins of names are made of them. Two of them belong to scripts and to emoji: zero width joiner and non-joiner. */
const invisible = /(?![\u200c\u200d])\p{Cf}/gu

/** In Unicode's composed form, blanks as one, none at the ends, nothing invisible. Null for what is no name: it has a letter or a digit. */
export function readName(typed: string, max = nameLength): string | null {
  if (unprintable.test(typed.replaceAll('\t', ' '))) return null
  const name = typed
    .replaceAll(invisible, '')
    .normalize('NFC')
    .replaceAll(/[ \t\u00a0]+/g, ' ')
    .trim()
  const isSeen = /[\p{L}\p{N}]/u.test(name.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, ''))
  return !isSeen || [...name].length > max ? null : name
}

/** Folded, so that `Ada@Example.org` and `ada@example.org` are one. Null for what is no login. */
export function readLogin(typed: string): string | null {
  const login = typed.normalize('NFKC').trim().toLowerCase()
  const bad = login.length < 1 || login.length > loginLength || /\s/.test(login) || unprintable.test(login)
  return bad ? null : login
}

export function requireName(typed: string): string {
  const name = readName(typed)
  if (name !== null) return name
  throw badInput(
    'bad-name',
    `A name has 1 to ${nameLength} characters, a letter or a digit among them and no control characters. Nothing was changed.`,
    'Give the name that others know you by.',
  )
}

export function requireLogin(typed: string): string {
  const login = readLogin(typed)
  if (login !== null) return login
  throw badInput(
    'bad-login',
    `A login has 1 to ${loginLength} characters and no blanks. Nothing was changed.`,
    'An e-mail address will do; it is never written to.',
  )
}
