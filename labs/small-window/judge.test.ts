/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt, by `lab record`): broken, mended in several ways, and mended wrongly
 * in all the ways of wrong/.
 */
import { describe, expect, test } from 'vitest'
import type { Answers, Lab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import {
  allPoints as all,
  criterion,
  seedOf,
  starved,
  testJudgements,
  verdictsOf,
} from '../shop/verdicts.fixture.ts'
import { brokenBaseline } from './checks.ts'
import { buffersNow, buffersThen, bytesInRound, seenOf } from './evidence.ts'
import smallWindow from './lab.ts'
import { groupOf } from './load.ts'
import { variantOf } from './variant.ts'

const lab = smallWindow as Lab
const judgements = verdictsOf(lab, import.meta.dirname)
const { names, seeds, recorded, broken, reference, verdict, points } = judgements
const [seed] = seeds as [number]

testJudgements(lab, judgements, {
  behaviour: 'served',
  unspoken: /sysctl|systemctl|restart|tcp_rmem|rcvbuf|puma\.rb/i,
})

const named = (end: string) => recorded(names.find((name) => name.endsWith(end)) as string)
const groupAt = (evidence: Evidence, i: number) => groupOf(evidence.asked[i] as Evidence['asked'][number])

describe('a broken machine', () => {
  test.each(seeds)(
    'of seed %i gives each connection the same small buffer, and two segments of window',
    (seed) => {
      const { bytes, cause } = variantOf(seed)
      expect(buffersNow(broken(seed)).first).toBe(bytes)
      // The kernel's own third number follows from the machine's memory, and was 1,617,472 or 1,617,504.
      const { most } = buffersNow(broken(seed))
      if (cause === 'socket') expect(most).toBeGreaterThan(1_600_000)
      else expect(most).toBe(bytes)
      expect(seenOf(broken(seed)).buffer).toBe(bytes)
      expect(seenOf(broken(seed)).window).toBeLessThan(3 * 1448)
      // The next boot brings it back.
      expect(buffersThen(broken(seed)).most).toBe(bytes)
    },
  )

  test('is told from one that was never broken', () => {
    expect(brokenBaseline(recorded(`${seed}-solve`), variantOf(seed))).toMatchObject({
      ok: false,
      reason: /begins with a buffer of 131072/,
    })
  })

  test('says where to look only to who has named the stage', () => {
    expect(criterion(verdict(seed, broken(seed), null), 'buffer')?.evidence).toEqual([])
    expect(criterion(verdict(seed, broken(seed)), 'buffer')?.evidence).not.toEqual([])
    const guess = { ...reference(seed), stage: 'ip' as const }
    const repairs = verdict(seed, broken(seed), guess).criteria.filter(({ kind }) => kind === 'repair')
    expect(JSON.stringify(repairs)).not.toMatch(/receive|window/i)
    const uploads = (answers?: Answers) =>
      JSON.stringify(criterion(verdict(seed, broken(seed), answers), 'served'))
    expect(uploads(guess)).not.toMatch(/round trip/)
    expect(uploads()).toMatch(/round trip/)
  })
})

test.each(names.filter((name) => /^\d+-solve/.test(name)))(
  'mended, a client gets rid of ten times as much in a round trip: %s',
  (name) => {
    expect(bytesInRound(recorded(name))).toBeGreaterThan(10 * 2896 * 0.8)
  },
)

describe('a wrong fix', () => {
  test('that leaves the listening socket as it was is half right, whether its uploads came in or not', () => {
    for (const name of names.filter((one) => one.endsWith('born-small'))) {
      const judged = verdict(seedOf(name), recorded(name))
      expect(judged.status).toBe('fail')
      expect(criterion(judged, 'buffer')?.status).toBe('fail')
    }
  })

  test('that forges its tools is seen by the clients', () => {
    expect(buffersNow(named('forged-tools'))).toEqual({ first: 131_072, most: 6_291_456 })
    const name = names.find((one) => one.endsWith('forged-tools')) as string
    const judged = verdict(seedOf(name), recorded(name))
    expect(criterion(judged, 'buffer')?.status).toBe('fail')
    expect(judged.score).toBeLessThan(60)
  })
})

describe('a diagnosis', () => {
  test('gives the buffer of a connection, which is the limit, too', () => {
    const { bytes } = variantOf(seed)
    expect(points(seed, {})).toEqual(all)
    expect(points(seed, { value: bytes - 1 })).toEqual({ ...all, value: 0 })
    expect(points(seed, { value: 131_072 })).toEqual({ ...all, value: 0 })
  })

  test('that gives the window is half right', () => {
    expect(points(seed, { counter: 'SocketReceiveWindow', value: 2832 })).toEqual({ ...all, counter: 5 })
    expect(points(seed, { counter: 'SocketReceiveWindow', value: 64_000 })).toEqual({
      ...all,
      counter: 5,
      value: 0,
    })
  })

  test('of another stage, counter or limit earns nothing for it', () => {
    expect(points(seed, { stage: 'wire' })).toEqual({ ...all, stage: 0 })
    expect(points(seed, { counter: 'TcpExtTCPRcvQDrop' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points(seed, { limit: 131_072 })).toEqual({ ...all, limit: 2.5 })
    expect(points(seed, { limit: 212_992 })).toEqual({ ...all, limit: 0 })
  })
})

describe('what the clients see', () => {
  const mended = recorded(`${seed}-solve`)
  const changed = (change: (i: number) => Partial<Evidence['load']['results'][number]>): Evidence => ({
    ...mended,
    load: { ...mended.load, results: mended.load.results.map((one, i) => ({ ...one, ...change(i) })) },
  })
  const isFar = (i: number) => groupAt(mended, i) === 'far upload'
  const far = mended.asked.flatMap((_, i) => (isFar(i) ? [i] : []))
  const waiting = { outcome: 'read-timeout' as const, status: 0, head: '', bytes: 0 }

  test('may be one straggler, and not two', () => {
    const one = changed((i) => (i === far[0] ? waiting : {}))
    expect(verdict(seed, one).status).toBe('pass')
    const two = changed((i) => (i === far[0] || i === far[1] ? waiting : {}))
    expect(criterion(verdict(seed, two), 'served')?.status).toBe('fail')
  })

  test('is nobody’s fault on a busy host of a server that has room', () => {
    const late = (pageMs: number) => changed((i) => (isFar(i) ? waiting : { totalUs: pageMs * 1000 }))
    expect(verdict(seed, late(1_500)).status).toBe('error')
    expect(verdict(seed, late(200)).status).toBe('fail')
    expect(verdict(seed, starved(broken(seed))).status).toBe('fail')
  })

  test('is not the host’s fault because the server’s own tools are slow', () => {
    const late = changed((i) => (isFar(i) ? waiting : {}))
    expect(verdict(seed, starved(late)).status).toBe('fail')
  })

  test('is no upload when the shop does not know how long it was', () => {
    const cut = changed((i) =>
      isFar(i) ? { head: mended.load.results[i]?.head.replace(/\d+ bytes/, '7 bytes') } : {},
    )
    expect(criterion(verdict(seed, cut), 'served')?.status).toBe('fail')
    expect(criterion(verdict(seed, cut), 'app')?.status).toBe('fail')
  })

  test('is harm when pages are no longer answered', () => {
    const one = changed((i) => (groupAt(mended, i) === 'far page' ? { ...waiting, outcome: 'reset' } : {}))
    expect(criterion(verdict(seed, one), 'others')?.status).toBe('fail')
  })
})

test('a machine that says nonsense of itself is judged by its clients', () => {
  const after = { ...broken(seed), state: '@@ memory\nmany\n@@ listener\nrbx\n@@ end\n', counters: '' }
  const judged = verdict(seed, after)
  expect(judged.status).toBe('fail')
  expect(criterion(judged, 'buffer')?.status).toBe('fail')
  expect(criterion(judged, 'app')?.status).toBe('fail')
})
