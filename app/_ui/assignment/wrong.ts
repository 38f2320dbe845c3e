/** What is wrong with a field of a form, with what to do about it. Pure. */
import { assignmentText } from '#/app/_text/en/people/assignment.ts'
import type { FieldProblem } from '#/classroom/refusal.ts'

export interface Wrong {
  /** Of this field alone. */
  at(field: string): string | undefined
  count: number
}

export function wrongOf(fields: readonly FieldProblem[]): Wrong {
  return {
    at: (field) => {
      const found = fields.filter((one) => one.field === field)
      if (found.length === 0) return undefined
      return `${found.map(({ what }) => sentence(what)).join(' ')} ${remedyOf(field)}`.trim()
    },
    count: new Set(fields.map(({ field }) => field)).size,
  }
}

/** `labs.2.weight` is mended as every weight is, `labs.2` as a lab. */
function remedyOf(field: string): string {
  const parts = field.split('.')
  const last = parts.at(-1) ?? ''
  const name = /^\d+$/.test(last) ? (parts[0] ?? '').replace(/s$/, '') : last
  return assignmentText.remedies[name] ?? ''
}

const sentence = (what: string): string => `${what.charAt(0).toUpperCase()}${what.slice(1)}.`
