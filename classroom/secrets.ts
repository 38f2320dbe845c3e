/**
 * Secrets that people carry: made from the system's randomness, kept as SHA-256 only. Codes that are typed are in Crockford's base32
 * (https://www.crockford.com/base32.html), in groups of four, and read however they come. Pure but for the randomness.
 */
import { createHash, randomBytes } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** For a cookie or a link: 256 bits. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** 80 bits: nobody guesses one, whatever the number of tries. */
export const newReturnCode = (): string => newCode(16)
/** 60 bits: the same, and short enough for a blackboard. */
export const newJoinCode = (): string => newCode(12)

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** `7GQ2A0…` as `7GQ2-A0…`. */
export const inGroups = (code: string): string => code.match(/.{1,4}/g)?.join('-') ?? ''

/** What somebody typed, as it was made: any case, any blanks and dashes, O for 0, I and L for 1. Null for what cannot be a code. */
export function readCode(typed: string, length: 12 | 16): string | null {
  const bare = typed
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return bare.length === length && [...bare].every((letter) => alphabet.includes(letter)) ? bare : null
}

/** 256 is a multiple of 32, so every letter is as likely as the others. */
const newCode = (length: number): string =>
  Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join('')
