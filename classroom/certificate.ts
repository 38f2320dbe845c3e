/**
 * A certificate is a text that carries its own proof: who, when, what, signed with a key of this house (HMAC-SHA256). Whoever has the link can have
 * it verified, without signing in; nothing is looked up, so nothing can be guessed, and a name that was changed does not verify. Knows no database.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

const certificateSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1).max(200),
  /** The day of the last chapter or lab that was missing. */
  completedOn: z.iso.date(),
  chapters: z.number().int().min(1).max(100),
  /** Ids of the labs that were passed: all that the course had then. */
  labs: z.array(z.string().regex(/^[a-z][a-z0-9-]{0,63}$/)).max(100),
  /** Version of the course. */
  course: z.string().min(1).max(40),
})
export type Certificate = z.infer<typeof certificateSchema>

/** More than any certificate has: what is longer is not looked at. */
const longestToken = 8_000

/** @param secret that of the house; another secret knows none of its certificates */
export function issueCertificate(certificate: Certificate, secret: string): string {
  const told = Buffer.from(JSON.stringify(certificateSchema.parse(certificate))).toString('base64url')
  return `${told}.${signature(told, secret).toString('base64url')}`
}

/** Null for whatever this house has not signed. */
export function verifyCertificate(token: string, secret: string): Certificate | null {
  const [, told = '', signed = ''] =
    token.length <= longestToken ? (/^([\w-]+)\.([\w-]{43})$/.exec(token) ?? []) : []
  const given = Buffer.from(signed, 'base64url')
  const wanted = signature(told, secret)
  // The last letter of base64url holds two bits that are nobody's: only the one spelling is taken.
  if (given.toString('base64url') !== signed || given.length !== wanted.length) return null
  if (!timingSafeEqual(given, wanted)) return null
  try {
    return certificateSchema.parse(JSON.parse(Buffer.from(told, 'base64url').toString()))
  } catch {
    // Signed by a Ringside whose certificates say something else.
    return null
  }
}

/** A key for this alone: the same secret signs tickets, and neither can stand for the other. */
const signature = (text: string, secret: string): Buffer =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, '', 'ringside certificate', 32)))
    .update(text)
    .digest()
