/**
 * The frame of every form: same origin, a size, and an answer that leads to a page (303), with what there is to say in a note. Works without a
 * script. Knows nothing of what a form does.
 */
import 'server-only'
import { notFound } from 'next/navigation'
import { type Person, Refusal } from '#/classroom/index.ts'
import { problemText, troubleText } from '../_text/en.ts'
import { environment } from './environment.ts'
import { leaveNote, type NoteInput } from './note.ts'
import { sameOrigin } from './origin.ts'
import { personOrNull } from './person.ts'
import { requireSize } from './size.ts'

export interface Form {
  /** What was typed into a field; '' for none. */
  text(name: string): string
  texts(name: string): string[]
  file(name: string): Promise<Uint8Array | null>
}
/** Where to go and what to say there, or a whole response (a download). */
export type Next = Response | { to: string; note?: NoteInput }

export interface FormOptions {
  /** The page with the form: where a problem is said. */
  back: string
  /** Fields that are shown again there; never a password. */
  keep?: string[]
  maxBytes?: number
}

export async function form(
  request: Request,
  { back, keep = [], maxBytes = 64 * 1024 }: FormOptions,
  work: (form: Form) => Promise<Next>,
): Promise<Response> {
  let data = new FormData()
  try {
    if (!sameOrigin(request)) throw new Refusal(403, problemText.otherOrigin)
    requireSize(request, maxBytes)
    data = await request.formData().catch(() => {
      throw new Refusal(400, problemText.badRequest)
    })
    const next = await work(reader(data))
    return next instanceof Response ? next : await go(request, next.to, next.note)
  } catch (error) {
    if (!(error instanceof Refusal)) console.error(error)
    const problem = error instanceof Refusal ? error.problem : troubleText.unexpected
    const fields = Object.fromEntries(keep.map((name) => [name, reader(data).text(name).slice(0, 300)]))
    return go(request, back, { problem, fields })
  }
}

/** A form of somebody who is signed in. */
export async function personForm(
  request: Request,
  options: FormOptions,
  work: (person: Person, form: Form) => Promise<Next>,
): Promise<Response> {
  return form(request, options, async (fields) => {
    const person = await personOrNull()
    if (!person) throw new Refusal(401, problemText.signedOut)
    return work(person, fields)
  })
}

/** In personal mode the printed link is the only way in, and there is nobody to teach: these pages do not exist. */
export function requireClassroomMode(): void {
  if (environment().RINGSIDE_MODE !== 'classroom') notFound()
}

async function go(request: Request, to: string, note?: NoteInput): Promise<Response> {
  const location = note ? await leaveNote(request, to, note) : to
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}

const reader = (data: FormData): Form => ({
  text: (name) => textOf(data.get(name)),
  texts: (name) => data.getAll(name).map(textOf),
  async file(name) {
    const value = data.get(name)
    return value instanceof File && value.size > 0 ? new Uint8Array(await value.arrayBuffer()) : null
  },
})

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
