/**
 * The playground on a real machine: every break is a command, each labs' own proof from outside sees it, and sees it gone after --undo.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCatalog } from '../labs/catalog.ts'
import type { LabFolder } from '../labs/folder.ts'
import { playgroundId } from '../labs/playground/id.ts'
import { faultSeed, faultsOf } from '../labs/playground/playground.ts'
import type { RunningMachine } from '../sandbox/machine.ts'
import { openSandboxes } from '../sandbox/setup.ts'

const catalog = await openCatalog()
const faults = faultsOf(catalog.list()).map(({ lab }) => [lab.lab.meta.id, lab] as const)
let home: string
let machine: RunningMachine

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'ringside-playground-'))
  const sandboxes = await openSandboxes({ home, accel: 'tcg' })
  machine = await sandboxes.start({
    lab: catalog.get(playgroundId),
    seed: faultSeed,
    owner: 'cli:test',
    lingerSeconds: 60,
  })
}, 1_200_000)

afterAll(async () => {
  await machine?.dispose()
  await rm(home, { recursive: true, force: true })
})

const run = (command: string) => machine.guest.run(command, { timeoutMs: 110_000 })
/** The lab's own proof from outside. */
const looksBroken = ({ lab }: LabFolder): Promise<boolean> =>
  lab.verifyBroken(machine, lab.variant(faultSeed), faultSeed).then(
    () => true,
    () => false,
  )

/** A busy host may spread one burst so thin that a broken server serves all of it: as often as before a machine is handed out. */
async function isBroken(lab: LabFolder): Promise<boolean> {
  for (let tries = 0; tries < 3; tries++) if (await looksBroken(lab)) return true
  return false
}

/**
 * That proof looks for a symptom and may see one where a host only stumbles, or where the world remembers what was. Then the lab's whole evidence
 * decides, as it does before a machine is handed to a learner.
 */
async function isInOrder(folder: LabFolder): Promise<boolean> {
  if (!(await looksBroken(folder))) return true
  const { lab } = folder
  const variant = lab.variant(faultSeed)
  return !lab.brokenBaseline(await lab.collect(machine, variant, faultSeed), variant).ok
}

test('it is in no list, and every lab that breaks something on this card is a fault of it', async () => {
  expect(catalog.list().map(({ lab }) => lab.meta.id)).not.toContain(playgroundId)
  const { stdout } = await run('fault')
  expect(stdout.split('\n').flatMap((line) => /^ {9}(\S+)/.exec(line)?.[1] ?? [])).toEqual(
    faults.map(([id]) => id),
  )
})

test.each(faults)('%s is broken by its command, and --undo takes it back', async (id, lab) => {
  const broken = await run(`fault ${id}`)
  expect(broken, broken.stderr).toMatchObject({ exitCode: 0 })
  expect((await run('fault')).stdout).toMatch(new RegExp(`^broken +${id} `, 'm'))
  expect(await isBroken(lab)).toBe(true)

  const undone = await run(`fault ${id} --undo`)
  expect(undone, undone.stderr).toMatchObject({ exitCode: 0 })
  expect((await run('fault')).stdout).not.toMatch(/^broken/m)
  expect(await isInOrder(lab)).toBe(true)
})

test('a fault can be set up twice, and several be taken back at once', async () => {
  const commands =
    'fault accept-queue && fault accept-queue && fault softnet-backlog && fault --undo && fault'
  const { exitCode, stdout } = await run(commands)
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/accept-queue is taken back\.\nsoftnet-backlog is taken back\./)
  expect(stdout).not.toMatch(/^broken/m)
})

test('what it does not know it says, and changes nothing', async () => {
  const { exitCode, stderr } = await run('fault ../../etc/passwd')
  expect(exitCode).toBe(2)
  expect(stderr).toContain("fault: '../../etc/passwd' is not understood.")
  expect((await run('fault accept-queue --redo')).exitCode).toBe(2)
})
