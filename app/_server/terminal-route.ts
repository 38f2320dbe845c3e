/** What the routes of one shell share: its number from the path, its wish from the body. Knows no wish. */
import 'server-only'
import { z } from 'zod'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'
import { body } from './answer.ts'

export interface TerminalParams {
  params: Promise<{ id: string; terminal: string }>
}

const numberSchema = z.coerce.number().int().positive().max(1_000_000)

export async function readTerminalRequest<T>(
  request: Request,
  { params }: TerminalParams,
  schema: z.ZodType<T>,
): Promise<{ id: string; terminal: number; asked: T }> {
  const { id, terminal } = await params
  const number = numberSchema.safeParse(terminal)
  const asked = schema.safeParse(await body(request))
  if (!number.success || !asked.success) throw new Refusal(400, problemText.badRequest)
  return { id, terminal: number.data, asked: asked.data }
}
