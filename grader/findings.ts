/**
 * What a lab finds, by the before-figures that it has. Where they had to be measured once more, the machine's traffic played already, and its learner
 * may have read a counter before the state that stands in them: such a reading is right by the state that was told at first. Knows no single lab.
 */
import { z } from 'zod'
import type { Finding, Given, Lab } from '../labs/schema.ts'

interface Judged {
  before: unknown
  after: unknown
  answers: Given | null
  variant: unknown
}

const earlierSchema = z.looseObject({ state: z.string(), earlier: z.string() })

/** All but the diagnosis is judged by what was measured whole: the counters of one load do not begin with another one’s state. */
export function findingsOf(lab: Lab, given: Judged): Record<string, Finding> {
  const findings = lab.judge(given)
  const { success, data: before } = earlierSchema.safeParse(given.before)
  const isWrong = ({ id, kind }: Lab['criteria'][number]) =>
    kind === 'diagnosis' && findings[id]?.status === 'fail'
  const wrong = lab.criteria.filter(isWrong)
  if (!success || wrong.length === 0) return findings
  const byEarlier = lab.judge({ ...given, before: { ...before, state: before.earlier } })
  const right = wrong.flatMap(({ id }) => {
    const finding = byEarlier[id]
    return finding?.status === 'pass' ? [[id, finding]] : []
  })
  return { ...findings, ...Object.fromEntries(right) }
}
