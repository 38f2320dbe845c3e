/**
 * Another lab's fault on a machine that runs: the present one is taken back, the new one put in and proved from outside, as at a start. From then on the
 * machine is that lab's, with before-figures of its own (decision 17). What it is now lies in its memo, over the labels that it was started with.
 * Knows no learner and no HTTP.
 */
import { z } from 'zod'
import type { LabFolder } from '../labs/folder.ts'
import { kindAt } from '../labs/kinds.ts'
import { undoAt } from '../labs/scripts.ts'
import type { Link } from './link.ts'
import { breakAndVerify, machineAs, type RunningMachine, recall, type Step } from './machine.ts'

const memo = 'injected'
const memoSchema = z.object({
  lab: z.string(),
  seed: z.number().int().nonnegative(),
  started: z.iso.datetime(),
})

/** Whether a machine of this kind can become one of that: their templates are the same. */
export const isOfKind = ({ lab, identity }: RunningMachine, other: LabFolder, seed: number): boolean =>
  kindAt(lab.lab, identity.seed) === kindAt(other.lab, seed)

/**
 * The machine as the other lab's.
 * @throws InfrastructureError when it is not broken as it should be; of what it was before nothing is left then
 */
export async function inject(machine: RunningMachine, lab: LabFolder, seed: number): Promise<RunningMachine> {
  const { link } = machine
  const started = new Date().toISOString()
  const other = machineAs(machine, lab, { seed, started })
  // Before anything is mended or broken: whoever finds the machine from now on takes it for what it is about to be, and not for one whose learner
  // has mended it.
  await link.memoSet(memo, JSON.stringify({ lab: lab.lab.meta.id, seed, started }))
  await forget(link, ['baseline', 'state', 'traffic', 'diagnosed'])
  await takeBack(machine)
  await breakAndVerify(other, silently)
  return other
}

/** What a machine that was found again is by now. */
export async function asInjected(
  machine: RunningMachine,
  labOf: (id: string) => LabFolder,
): Promise<RunningMachine> {
  const remembered = await recall(machine.link, memo)
  if (remembered === null) return machine
  const { lab, ...other } = memoSchema.parse(JSON.parse(remembered))
  return machineAs(machine, labOf(lab), other)
}

/** A learner may have taken some of it back already, or all; what stays in the way the proof of the new fault shows. */
async function takeBack(machine: RunningMachine): Promise<void> {
  const { lab, identity, link } = machine
  const undo = undoAt(lab, identity.seed)
  if (undo) await machine.runScript(undo)
  await link.stopBackground()
  await link.stopFlood()
  await link.closeUpstream()
  await link.setWan({})
}

async function forget(link: Link, memos: string[]): Promise<void> {
  for (const name of memos) await link.memoSet(name, '')
}

const silently: Step = (_id, _title, work) => work()
