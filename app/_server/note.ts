/**
 * What a form has to say on the page that comes after it: a problem, that it is done, or a secret that is shown once. Travels in a cookie of its
 * own that only the address with its number shows, so that forms work without a script and nothing secret stands in an address.
 */
import 'server-only'
import { randomBytes } from 'node:crypto'
import { cookies } from 'next/headers'
import { cache } from 'react'
import { z } from 'zod'
import { problemSchema } from '#/sandbox/protocol/status.ts'
import { isHttps } from './session-cookie.ts'

const noteCookie = 'ringside_note'
const seconds = 600

const noteSchema = z.object({
  number: z.string(),
  problem: problemSchema.nullable().default(null),
  /** What was done; the page has the words. */
  said: z.string().nullable().default(null),
  /** A code or a link that is not kept anywhere. */
  secret: z.string().nullable().default(null),
  /** What was typed into the fields that may be shown again. */
  fields: z.record(z.string(), z.string()).default({}),
})
export type Note = z.infer<typeof noteSchema>
export type NoteInput = Partial<Note>

export const noteNumber = (): string => randomBytes(4).toString('hex')

export async function leaveNote(request: Request, to: string, note: NoteInput): Promise<string> {
  const number = note.number ?? noteNumber()
  const jar = await cookies()
  jar.set(noteCookie, JSON.stringify({ ...note, number }), {
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(request),
    path: '/',
    maxAge: seconds,
  })
  return `${to}${to.includes('?') ? '&' : '?'}note=${number}`
}

export const dropNote = async (): Promise<void> => {
  const jar = await cookies()
  jar.delete(noteCookie)
}

export type Query = Promise<Record<string, string | string[] | undefined>>

/** The note that this address shows; null when there is none. */
export const noteNow = cache(async (query: Query): Promise<Note | null> => {
  const { note: number } = await query
  const text = (await cookies()).get(noteCookie)?.value
  if (typeof number !== 'string' || !text) return null
  const note = noteSchema.safeParse(parsed(text))
  return note.success && note.data.number === number ? note.data : null
})

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
