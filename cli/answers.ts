/**
 * `--answers`: what a learner hands in, out of a file, or the lab's own. Knows no single lab.
 */
import { readFileSync } from 'node:fs'
import { formOf, type Given, type Lab } from '../labs/schema.ts'
import { fromWhereTheyStand } from './lab-room.ts'
import { CommandError } from './output.ts'

/** @throws CommandError when the file is not what this lab's form asks */
export function readAnswers(option: string | undefined, lab: Lab): Given | 'auto' | null {
  if (option === undefined) return null
  if (option === 'auto') return 'auto'
  const text = readFile(option, '--answers')
  const shape = shapeOf(lab)
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
  const parsed = formOf(lab).safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(
    ({ path, message }) => `  ${path.join('.') || 'document'}: ${message}`,
  )
  throw new CommandError(
    `${option} does not fit this lab’s form:\n${problems.join('\n')}`,
    `It should look like ${shape}.`,
  )
}

const shapeOf = ({ questions }: Lab): string =>
  questions
    ? `{ "figures": { ${questions.map(({ id }) => `"${id}": 0`).join(', ')} } }`
    : '{ "stage": "accept-queue", "counter": "ListenOverflows", "value": 12, "limit": 8 }'

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
