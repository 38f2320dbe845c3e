/** Until its stage is named, an incident says of every fault the same, whatever was done to the machine: sentences, labels, values, reasons. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { judgeAgain } from '../../grader/grade.ts'
import { InfrastructureError, type LoadPlan, type Planned } from '../../grader/guest.ts'
import type { Answers, Lab, Sandbox } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { recordingsOf } from '../shop/recorded.ts'
import { late, seedOf, starved } from '../shop/verdicts.fixture.ts'
import { type Case, cases } from './cases.ts'
import incident from './lab.ts'
import type { Variant } from './variant.ts'

interface Played {
  name: string
  variant: Variant
  before: Evidence
  after: Evidence
}

const each = cases.map((one) => [one.meta.id, one] as const)

/** Every recording of this case as a check: unfixed, mended, mended wrongly, on a busy host, and on a machine that was never broken. */
function played({ meta: { id } }: Case): Played[] {
  const { names, recorded } = recordingsOf(join(import.meta.dirname, '..', id))
  return names.flatMap((name) => {
    const seed = seedOf(name)
    if (!names.includes(`${seed}-broken`)) return []
    const one = { name, variant: { is: id, seed }, before: recorded(`${seed}-broken`), after: recorded(name) }
    if (!name.endsWith('-solve')) return [one]
    return [one, { ...one, after: starved(late(one.after)) }, { ...one, before: one.after }]
  })
}

const verdict = ({ variant, before, after }: Played, answers: Answers | null) =>
  judgeAgain({
    lab: { ...(incident as Lab), variant: () => variant },
    ...{ seed: 0, before, after, answers },
  })
type Criteria = ReturnType<typeof verdict>['criteria']

/** No case is lost on the wire. */
const elsewhere = { stage: 'wire', counter: 'TcpRetransSegs', value: 7, limit: 7, why: '' } as const
const allButTheStage = ({ variant, before }: Played): Answers => ({
  ...incident.referenceAnswers(before, variant),
  stage: 'wire',
})

/** What a learner reads of it, figures aside. */
const lines = (criteria: Criteria): string[] =>
  criteria.map(({ id, status, feedback, evidence }) =>
    `${id} ${status}: ${[feedback, ...evidence.flatMap(({ label, before, after }) => [label, before, after])].join(' | ')}`.replace(
      /\d+/g,
      '#',
    ),
  )
const withoutDiagnosis = (criteria: Criteria) => criteria.filter(({ kind }) => kind !== 'diagnosis')

function said(one: Case): Set<string> {
  const all = played(one).flatMap((check) =>
    [
      verdict(check, null).criteria,
      verdict(check, elsewhere).criteria,
      withoutDiagnosis(verdict(check, allButTheStage(check)).criteria),
    ].flatMap((criteria) =>
      lines(criteria).map((line) => line.replace(appOf(one, check), '(Puma or the shop)')),
    ),
  )
  return new Set(all)
}

/** Of Puma and the shop all cases say the same, since one function says it. */
function appOf({ judge, variant }: Case, { variant: { seed }, before, after }: Played): string {
  const { app } = judge({ before, after, answers: null, variant: variant(seed) })
  return app?.status === 'fail' ? app.feedback.replace(/\d+/g, '#') : 'nothing is wrong with it'
}

const saidBy = new Map(cases.map((one) => [one, said(one)]))

describe.each(each)('while its stage is not named, the case %s', (_, one) => {
  test('says nothing that no other case says', () => {
    const others = new Set(cases.flatMap((other) => (other === one ? [] : [...(saidBy.get(other) ?? [])])))
    expect([...(saidBy.get(one) ?? [])].filter((line) => !others.has(line))).toEqual([])
  })

  test('speaks of no stage, and of nobody whom only some labs have', () => {
    const own = played(one).flatMap((check) => withoutDiagnosis(verdict(check, elsewhere).criteria))
    expect(lines(own).join('\n')).not.toMatch(
      /queue|syn\b|forged|sender|conntrack|nft|firewall|rp_filter|range|thread|price|descriptor|listen|abort|slow to ask|held on|segment/i,
    )
  })

  test('says how many clients were answered, and counts nobody', () => {
    const [check] = played(one).filter(({ name }) => name.endsWith('-broken')) as [Played]
    const { criteria } = verdict(check, null)
    const rows = criteria.filter(({ evidence }) => evidence.length > 0)
    expect(rows.map(({ id }) => id)).toEqual(['broken', 'served'])
    expect(rows[1]?.evidence).toEqual([
      { label: 'Clients answered', before: expect.stringMatching(/^\d+ %$/), after: expect.any(String) },
    ])
  })
})

describe.each(each)('when its stage is named, the case %s', (_, one) => {
  test('says all that its lab says, for the same points', () => {
    for (const check of played(one)) {
      const { before, after, variant } = check
      const answers = incident.referenceAnswers(before, variant)
      const own = one.judge({ before, after, answers, variant: one.variant(variant.seed) })
      const { criteria } = verdict(check, answers)
      const told = JSON.stringify(criteria)
      for (const { feedback, evidence } of Object.values(own)) {
        expect(told).toContain(JSON.stringify(feedback).slice(1, -1))
        for (const row of evidence) expect(told).toContain(JSON.stringify(row))
      }
      const points = (all: Criteria) =>
        withoutDiagnosis(all).map(({ id, status, points }) => [id, status, points])
      expect(points(verdict(check, elsewhere).criteria)).toEqual(points(criteria))
    }
  })
})

describe.each(each)('of a machine that is not broken, the case %s', (id, one) => {
  const variant: Variant = { is: id, seed: seedOf(played(one)[0]?.name ?? '') }
  /** In which everybody is served at once, or whose world fails. */
  const sandbox = (load: (plan: LoadPlan<Planned>) => unknown) =>
    ({
      world: {
        load: async (plan: LoadPlan<Planned>) => load(plan),
        stats: async () => ({ flood: { sent: 0 }, upstream: { mostOpen: 0 } }),
      },
    }) as unknown as Sandbox
  const sound = ({ requests }: LoadPlan<Planned>) => ({
    results: requests.map(() => ({ outcome: 'ok', connectUs: 900, firstByteUs: 60_000, totalUs: 61_000 })),
    netstat: { retransSegs: 0 },
  })

  test('says at the start what every case says', async () => {
    await expect(incident.verifyBroken(sandbox(sound), variant, 0)).rejects.toThrow(
      new InfrastructureError(
        'The machine was set up, but its clients are served as if nothing were broken.',
      ),
    )
  })

  test('says of its before-figures what every case says', () => {
    const mended = played(one).find(({ name }) => name.endsWith('-solve')) as Played
    expect(incident.brokenBaseline(mended.after, mended.variant)).toEqual({
      ok: false,
      reason: 'they do not show the fault',
    })
  })

  test('leaves to the sandbox what the sandbox says', async () => {
    class Unreachable extends InfrastructureError {}
    const failing = sandbox(() => {
      throw new Unreachable('the connection to the sandbox closed')
    })
    await expect(incident.verifyBroken(failing, variant, 0)).rejects.toThrow(Unreachable)
  })
})
