/** Who is asking: the person behind the session cookie. Pages and routes begin here. Knows no sign-in form. */
import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect, unauthorized } from 'next/navigation'
import { cache } from 'react'
import type { Person } from '#/classroom/index.ts'
import { askedHeader, readPath, withPath } from './back-to.ts'
import { classroom } from './classroom.ts'
import { environment } from './environment.ts'

export const sessionCookie = 'ringside_session'

export const personOrNull = cache(async (): Promise<Person | null> => {
  const session = (await cookies()).get(sessionCookie)?.value
  return session ? (await classroom()).personOf(session) : null
})

/** The person, or the page that says how to sign in, which then leads to where they were going. */
export async function requirePerson(): Promise<Person> {
  const person = await personOrNull()
  if (person) return person
  if (environment().RINGSIDE_MODE !== 'classroom') unauthorized()
  redirect(withPath('/signin', readPath((await headers()).get(askedHeader))))
}
