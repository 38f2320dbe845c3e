/**
 * Another lab's fault on a real machine that runs: proved from outside, with before-figures of its own; unmended it fails, mended by that lab's own fix
 * it passes, whether the fault before it was mended or not. One pair for each kind of machine, one machine at a time.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Verdict } from '../grader/verdict.ts'
import { openCatalog } from '../labs/catalog.ts'
import { kindAt, seedOfKind } from '../labs/kinds.ts'
import { scriptsAt } from '../labs/scripts.ts'
import { asInjected, inject } from '../sandbox/inject.ts'
import type { RunningMachine } from '../sandbox/machine.ts'
import { settle } from '../sandbox/service/settle.ts'
import { openSandboxes, type Sandboxes } from '../sandbox/setup.ts'

const catalog = await openCatalog()
let home: string
let sandboxes: Sandboxes

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'ringside-inject-'))
  sandboxes = await openSandboxes({ home, accel: 'tcg' })
}, 1_200_000)

afterAll(() => rm(home, { recursive: true, force: true }))

const fixOf = ({ lab, identity }: RunningMachine): string =>
  scriptsAt(lab, identity.seed).solves[0]?.script ?? ''

/** As the service does it: what a busy host has spoilt is measured once more. */
const settled = (machine: RunningMachine) => settle(machine, { asleep: () => false, log: console.log })

/** Likewise a verdict that a busy host has kept from being one. */
async function judged(machine: RunningMachine): Promise<Verdict> {
  const { verdict } = await machine.check('auto')
  return verdict.status === 'error' ? (await machine.check('auto')).verdict : verdict
}

/** From, its seed, to, and whether what was broken first had been mended before. */
const pairs: [string, number, string, boolean][] = [
  ['accept-queue', 1, 'fd-limit', false],
  ['silent-drop', 1, 'conntrack-full', true],
  ['conntrack-full', 2, 'pmtu-blackhole', false],
  ['ring-overflow', 1, 'softnet-backlog', false],
]
const chosen = process.env.RINGSIDE_PAIRS?.split(' ')

test.each(pairs.filter(([from]) => !chosen || chosen.includes(from)))(
  'on a machine of %s (seed %i): %s',
  async (from, fromSeed, to, mended) => {
    const [old, next] = [catalog.get(from), catalog.get(to)]
    const seed = seedOfKind(next.lab, kindAt(old.lab, fromSeed), 3)
    if (seed === null) throw new Error(`${to} has no machine of the kind of ${from}`)
    const machine = await sandboxes.start({ lab: old, seed: fromSeed, owner: 'cli:test', lingerSeconds: 60 })
    try {
      await settled(machine)
      if (mended) expect((await machine.runScript(fixOf(machine))).exitCode).toBe(0)
      const began = performance.now()
      const other = await inject(machine, next, seed)
      console.log(`${from} -> ${to}: broken anew in ${Math.round(performance.now() - began)} ms`)
      await settled(other)
      expect(await judged(other)).toMatchObject({ lab: to, seed, status: 'fail' })
      expect((await other.runScript(fixOf(other))).exitCode).toBe(0)
      const verdict = await judged(other)
      expect(verdict.criteria.filter(({ status }) => status !== 'pass')).toEqual([])
      expect(verdict.status).toBe('pass')
      // Whoever finds the machine again, by the labels that it was started with, knows what it is now.
      const found = await asInjected(await sandboxes.attach(machine, old), catalog.get)
      expect(found.identity).toMatchObject({ lab: to, seed })
      found.link.close()
    } finally {
      await machine.dispose()
    }
  },
  400_000,
)
