/**
 * What the tests of labs on recordings do: judge a recording of a machine that was mended against the one that was recorded broken, and all that
 * has to hold for every lab.
 */
import { describe, expect, test } from 'vitest'
import { judgeAgain } from '../../grader/grade.ts'
import { type Verdict, verdictSchema } from '../../grader/verdict.ts'
import { openCatalog } from '../catalog.ts'
import type { Answers, Given, Lab } from '../schema.ts'
import type { Evidence } from './evidence.ts'
import { format, parse, recordingsOf } from './recorded.ts'

/** A machine that was recorded mended, as if it were the one that was recorded broken: its counters have gone on from where they stood there. */
export type Later = (before: Evidence, after: Evidence) => Evidence

export function verdictsOf<G extends Given = Answers>(
  lab: Lab,
  folder: string,
  later: Later = (_, after) => after,
) {
  const { names, recorded } = recordingsOf(folder)
  const broken = (seed: number): Evidence => recorded(`${seed}-broken`)
  const reference = (seed: number): G => lab.referenceAnswers(broken(seed), lab.variant(seed)) as G
  function verdict(seed: number, after: Evidence, answers: G | null = reference(seed)): Verdict {
    const before = broken(seed)
    return verdictSchema.parse(judgeAgain({ lab, seed, before, after: later(before, after), answers }))
  }
  /** What a diagnosis earns that differs from the reference, by criterion. */
  const points = (seed: number, changes: Partial<G>): Record<string, number> =>
    Object.fromEntries(
      verdict(seed, recorded(`${seed}-solve`), { ...reference(seed), ...changes })
        .criteria.filter(({ kind }) => kind === 'diagnosis')
        .map((one) => [one.id, one.points]),
    )
  const seeds = [...new Set(names.filter((name) => name.endsWith('-broken')).map(seedOf))]
  return { names, seeds, recorded, broken, reference, verdict, points }
}

export const seedOf = (name: string): number => Number(name.split('-')[0])
export const criterion = (verdict: Verdict, id: string) => verdict.criteria.find((one) => one.id === id)

const onHost = (left: number, evidence: Evidence): Evidence => ({
  ...evidence,
  load: { ...evidence.load, host: { left } },
})
/** The same, had others used nearly all of the host while it was taken. */
export const starved = (evidence: Evidence): Evidence => onHost(0.4, evidence)
/** The same, had the machine had its host to itself. */
export const quiet = (evidence: Evidence): Evidence => onHost(2, evidence)

/** Words that accuse: whoever is judged is told what was seen, and nothing of what somebody may have meant by it. */
export const accusing = /cheat|forge|fake|manipulat|tamper|\blie/i

/** All that a right diagnosis earns. */
export const allPoints = { stage: 10, counter: 10, value: 5, limit: 5 }

/**
 * What holds for every lab with a fault, tested on its recordings. `behaviour` is its criterion of what the world saw, `unspoken` what feedback
 * must never say to whoever mended wrongly.
 */
export function testJudgements(
  lab: Lab,
  { names, seeds, recorded, broken, verdict }: ReturnType<typeof verdictsOf<Answers>>,
  { behaviour, unspoken }: { behaviour: string; unspoken: RegExp },
): void {
  describe('every recording', () => {
    test.each(seeds)('of a broken machine, seed %i, shows its symptom and is no pass', (seed) => {
      expect(lab.brokenBaseline(broken(seed), lab.variant(seed))).toEqual({ ok: true })
      const unfixed = verdict(seed, broken(seed), null)
      expect(unfixed).toMatchObject({ status: 'fail', score: 0 })
      expect(criterion(unfixed, behaviour)).toMatchObject({ status: 'fail', points: 0 })
    })

    test('of a machine that was never broken judges nobody', () => {
      const [name = ''] = names.filter((one) => one.endsWith('-solve'))
      const mended = recorded(name)
      const never = judgeAgain({ lab, seed: seedOf(name), before: mended, after: mended, answers: null })
      expect(never.status).toBe('error')
    })

    test.each(names.filter((name) => /^\d+-solve/.test(name)))('of a right fix passes: %s', (name) => {
      const right = verdict(seedOf(name), recorded(name))
      expect(right).toMatchObject({ status: 'pass', score: 100, maxScore: 100 })
      const withoutDiagnosis = verdict(seedOf(name), recorded(name), null)
      expect(withoutDiagnosis).toMatchObject({ status: 'fail', score: 70 })
    })

    test('is the same after it was written and read', () => {
      for (const seed of seeds) expect(parse(format(broken(seed)))).toEqual(broken(seed))
    })
  })

  describe('a wrong fix', async () => {
    const { cases, missing } = await wrongRecordings(lab, names)

    test('of every kind has been recorded', () => expect(missing).toEqual([]))

    test.each(cases)('$name fails $fails', ({ name, fails }) => {
      const judged = verdict(seedOf(name), recorded(name))
      expect(judged.status).toBe('fail')
      expect(criterion(judged, fails)?.status).toBe('fail')
    })

    test('is told what was seen, and never what to type, nor that it cheats', () => {
      for (const { name } of cases) {
        for (const { feedback } of verdict(seedOf(name), recorded(name)).criteria) {
          expect(feedback).not.toMatch(unspoken)
          expect(feedback).not.toMatch(accusing)
        }
      }
    })
  })
}

/** The recordings of wrong fixes, each with the criterion that must fail; and the scripts of which there is none. */
export async function wrongRecordings(lab: Lab, names: string[]) {
  const { wrongs } = (await openCatalog()).get(lab.meta.id)
  const named = wrongs.map(({ name, fails }) => ({ own: name.replace(/^wrong\/|\.sh$/g, ''), fails }))
  const cases = names.flatMap((name) => {
    const fix = named.find(({ own }) => own === name.replace(/^\d+-/, ''))
    return fix ? [{ name, fails: fix.fails }] : []
  })
  return {
    cases,
    missing: named.filter(({ own }) => !cases.some(({ name }) => name.replace(/^\d+-/, '') === own)),
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

/** As if every third client had still been waiting when its time was up, though nothing of theirs was lost. */
export function late(evidence: Evidence): Evidence {
  const results = evidence.load.results.map((result, i) =>
    i % 3 === 1 ? { ...result, outcome: 'read-timeout' as const, status: 0, head: '' } : result,
  )
  return { ...evidence, load: { ...evidence.load, results } }
}
