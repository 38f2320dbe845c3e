/**
 * What the tests of labs on recordings do: judge a recording of a machine that was mended against the one that was recorded broken.
 */
import { judgeAgain } from '../../grader/grade.ts'
import { type Verdict, verdictSchema } from '../../grader/verdict.ts'
import { openCatalog } from '../catalog.ts'
import type { Answers, Given, Lab } from '../schema.ts'
import type { Evidence } from './evidence.ts'
import { recordingsOf } from './recorded.ts'

export function verdictsOf<G extends Given = Answers>(lab: Lab, folder: string) {
  const { names, recorded } = recordingsOf(folder)
  const broken = (seed: number): Evidence => recorded(`${seed}-broken`)
  const reference = (seed: number): G => lab.referenceAnswers(broken(seed), lab.variant(seed)) as G
  const verdict = (seed: number, after: Evidence, answers: G | null = reference(seed)): Verdict =>
    verdictSchema.parse(judgeAgain({ lab, seed, before: broken(seed), after, answers }))
  return { names, recorded, broken, reference, verdict }
}

export const criterion = (verdict: Verdict, id: string) => verdict.criteria.find((one) => one.id === id)

/** The recordings of wrong fixes, each with the criterion that must fail. */
export async function wrongRecordings(lab: Lab, names: string[]) {
  const { wrongs } = (await openCatalog()).get(lab.meta.id)
  const cases = names.flatMap((name) => {
    const fix = wrongs.find((one) => name.slice(2) === one.name.replace(/^wrong\/|\.sh$/g, ''))
    return fix ? [{ name, fails: fix.fails }] : []
  })
  return {
    cases,
    missing: wrongs.filter(({ name }) => !cases.some((one) => name.includes(one.name.slice(2)))),
  }
}

/** As if of each burst but the first no more than a share had arrived, or nobody had been told. */
export function changed(
  evidence: Evidence,
  change: (delivered: number) => Partial<Evidence['load']['results'][number]>,
): Evidence {
  const results = evidence.load.results.map((result, i) =>
    evidence.asked[i]?.datagrams === undefined ? result : { ...result, ...change(result.delivered ?? -1) },
  )
  return { ...evidence, load: { ...evidence.load, results } }
}
