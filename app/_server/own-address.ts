/** The address of this Ringside as the browser that asks knows it: whoever is given a link comes the same way. */
import 'server-only'
import { headers } from 'next/headers'

export async function ownAddress(): Promise<string> {
  const asked = await headers()
  const host = asked.get('x-forwarded-host') ?? asked.get('host') ?? ''
  return `${asked.get('x-forwarded-proto')?.split(',')[0] ?? 'http'}://${host}`
}
