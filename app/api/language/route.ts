/** GET: the script with the texts of the house's language; the same for everybody, and for ever under its address. Nothing in English. */
import { languageScript } from '#/app/_server/language.ts'

export function GET(): Response {
  const script = languageScript()
  if (!script) return new Response(null, { status: 404 })
  return new Response(script.code, {
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    },
  })
}
