/**
 * The certificate of whoever asks, and the verification of anybody's. What counts: every chapter of the course marked as read, every lab along the
 * path passed once, as the course is now. Knows no page.
 */
import 'server-only'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cache } from 'react'
import { z } from 'zod'
import { type Certificate, issueCertificate, verifyCertificate } from '#/classroom/certificate.ts'
import { courseRoot } from '#/content/files.ts'
import { classroom } from './classroom.ts'
import { courseNow } from './course.ts'
import { environment } from './environment.ts'
import { requirePerson } from './person.ts'

/** Null while something is missing. */
export async function certificateNow(): Promise<{ certificate: Certificate; token: string } | null> {
  const [person, course] = await Promise.all([requirePerson(), courseNow()])
  const chapters = course.chapters.map(({ meta }) => meta.slug)
  const labs = course.labs.map(({ meta }) => meta.id)
  if (chapters.length === 0) return null
  const completedAt = await (await classroom()).completedAt(person, { chapters, labs })
  if (!completedAt) return null
  const certificate: Certificate = {
    version: 1,
    name: person.name,
    completedOn: completedAt.toISOString().slice(0, 10),
    chapters: chapters.length,
    labs,
    course: await courseVersion(),
  }
  return { certificate, token: issueCertificate(certificate, environment().RINGSIDE_SECRET) }
}

export const verified = (token: string): Certificate | null =>
  verifyCertificate(token, environment().RINGSIDE_SECRET)

const courseVersion = cache(async (): Promise<string> => {
  const text = await readFile(join(/* turbopackIgnore: true */ courseRoot(), 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
})
