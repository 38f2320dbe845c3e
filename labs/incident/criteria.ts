/**
 * The criteria of an incident: those of the other lab by their kinds, since their titles would give away which lab it is. Pure.
 */
import { diagnosisCriteria } from '../diagnosis.ts'
import type { CriterionSpec, Finding } from '../schema.ts'
import { unnamed } from './unnamed.ts'

export const criteria: CriterionSpec[] = [
  { id: 'broken', kind: 'baseline', title: 'The clients suffered', maxPoints: 0 },
  ...diagnosisCriteria,
  { id: 'mended', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
  { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
  { id: 'served', kind: 'behaviour', title: 'The clients are served', maxPoints: 35 },
  { id: 'unharmed', kind: 'collateral', title: 'Nothing else was harmed', maxPoints: 15 },
]

const byKind = { baseline: 'broken', repair: 'mended', behaviour: 'served', collateral: 'unharmed' } as const

/** What a criterion of another lab is called here. */
export function criterionOf(specs: CriterionSpec[], id: string): string {
  const spec = specs.find((one) => one.id === id)
  if (!spec || spec.kind === 'diagnosis' || id === 'durable') return id
  return byKind[spec.kind]
}

/** Several findings as one: the worst status, the points by their weight, and to whoever has named the stage all that was said and seen. */
export function disguised(
  specs: CriterionSpec[],
  findings: Record<string, Finding>,
): Record<string, Finding> {
  const parts = (id: string) =>
    specs.flatMap((spec) => {
      const finding = findings[spec.id]
      return finding && criterionOf(specs, spec.id) === id ? [{ finding, weight: spec.maxPoints }] : []
    })
  const isNamed = findings.stage?.status === 'pass'
  return Object.fromEntries(
    criteria.map(({ id }) => {
      const finding = merged(parts(id))
      if (!finding) return [id, unjudged]
      return [id, isNamed ? finding : unnamed(id, finding, findings)]
    }),
  )
}

const unjudged: Finding = { status: 'error', share: 0, feedback: 'This was not judged.', evidence: [] }

const worstFirst = ['error', 'fail', 'not_gradable', 'pass'] as const

/** Null when there is nothing to merge. */
function merged(parts: { finding: Finding; weight: number }[]): Finding | null {
  const status = worstFirst.find((one) => parts.some(({ finding }) => finding.status === one))
  if (!status) return null
  const weight = parts.reduce((sum, one) => sum + one.weight, 0)
  const earned = parts.reduce((sum, one) => sum + one.weight * earnedShare(one.finding), 0)
  return {
    status,
    share: weight === 0 ? Number(status === 'pass') : earned / weight,
    feedback: [...new Set(parts.map(({ finding }) => finding.feedback))].join(' '),
    evidence: parts.flatMap(({ finding }) => finding.evidence),
  }
}

const earnedShare = ({ status, share }: Finding): number =>
  status === 'pass' || status === 'fail' ? share : 0
