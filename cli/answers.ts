/**
 * `--answers`: a diagnosis out of a file, or the lab's own. Knows no lab.
 */
import { readFileSync } from 'node:fs'
import { type Answers, answersSchema } from '../labs/schema.ts'
import { fromWhereTheyStand } from './lab-room.ts'
import { CommandError } from './output.ts'

const shape = '{ "stage": "accept-queue", "counter": "ListenOverflows", "value": 12, "limit": 8 }'

export function readAnswers(option: string | undefined): Answers | 'auto' | null {
  if (option === undefined) return null
  if (option === 'auto') return 'auto'
  const text = readFile(option, '--answers')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new CommandError(
      `${option} is not JSON: ${(cause as Error).message}`,
      `It should look like ${shape}.`,
      {
        cause,
      },
    )
  }
  const parsed = answersSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(
    ({ path, message }) => `  ${path.join('.') || 'document'}: ${message}`,
  )
  throw new CommandError(
    `${option} is no diagnosis:\n${problems.join('\n')}`,
    `It should look like ${shape}.`,
  )
}

export function readFile(path: string, option: string): string {
  try {
    return readFileSync(fromWhereTheyStand(path), 'utf8')
  } catch (cause) {
    throw new CommandError(
      `${option}: ${path} cannot be read (${(cause as NodeJS.ErrnoException).code}).`,
      'Name a file that exists, from the folder where you run this.',
      { cause },
    )
  }
}
