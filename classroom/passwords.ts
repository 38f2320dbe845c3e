/**
 * Passwords: hashed with Argon2id as OWASP's cheat sheet asks (m = 19 MiB, t = 2, p = 1), two at a time, so that a storm of sign-ins leaves the
 * machine to the others. A long password is a good one; there are no other rules. Knows no person.
 */
import { hash, verify } from '@node-rs/argon2'
import { badInput, tooBusy } from './refusal.ts'

export const passwordLength = { min: 10, max: 200 }

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const atOnce = 2
const mayWait = 100

/** Of a password that nobody has: to compare with it takes the same time as with a real one. */
const nobodys = hash('a password that nobody has', cost)

export async function hashPassword(password: string): Promise<string> {
  const { length } = [...password]
  if (length < passwordLength.min || length > passwordLength.max) throw badPassword()
  return oneOfTwo(() => hash(password, cost))
}

/** @param stored null when there is no such login, or it has no password: false, after the same time */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  // Nobody can have set a longer one; hashing it would be work for nothing.
  const asked = password.slice(0, passwordLength.max * 4)
  const right = await oneOfTwo(async () => verify(stored ?? (await nobodys), asked))
  return right && stored !== null
}

let running = 0
const waiting: (() => void)[] = []

async function oneOfTwo<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= mayWait) throw tooBusy()
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

const badPassword = () =>
  badInput(
    'bad-password',
    `A password has ${passwordLength.min} to ${passwordLength.max} characters. Nothing was changed.`,
    'Choose another one: four unrelated words do well.',
  )
