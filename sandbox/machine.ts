/**
 * One running machine: started broken and verified so, asked, graded, ended. Knows the driver port and the link, no Docker, no HTTP,
 * no database; what it must remember lies in the container's own memo, so that any process can take over.
 */
import { z } from 'zod'
import { grade } from '../grader/grade.ts'
import { type Guest, type GuestRun, InfrastructureError, type World } from '../grader/guest.ts'
import type { Verdict } from '../grader/verdict.ts'
import type { LabFolder } from '../labs/folder.ts'
import type { Given } from '../labs/schema.ts'
import { exportsOf, scriptsAt } from '../labs/scripts.ts'
import type { Work } from '../labs/work.ts'
import type { ContainerInfo, Driver } from './driver.ts'
import { identityLabels, type SandboxIdentity } from './labels.ts'
import type { Link } from './link.ts'
import type { StartStep } from './protocol/status.ts'
import { awaken, firstPrompt, reach, runContainer } from './raise.ts'
import type { Template } from './template.ts'
import { readWork } from './work.ts'

export interface MachineTimings {
  startMs: number
  breakMs: number
}

export interface CheckResult {
  verdict: Verdict
  before: unknown
  after: unknown
  /** How the learner worked; null when the machine did not tell. The verdict is the same either way. */
  work: Work | null
}

export interface RunningMachine {
  container: ContainerInfo
  identity: SandboxIdentity
  lab: LabFolder
  timings: MachineTimings
  guest: Guest
  world: World
  link: Link
  /** The terminal that waits since the start with its prompt on the screen; null once taken over from another process. */
  firstTerminal: number | null
  /**
   * The before-figures: taken once under the check's own load, remembered in the container, the same for whoever asks. The world's background traffic
   * begins in between, when the server has told its state: whatever a learner read of its counters, it was not less than what stands there.
   */
  baseline(): Promise<unknown>
  /** Grades now. `auto` gives the lab's reference diagnosis. @throws InfrastructureError only when there is no baseline to judge by */
  check(answers: Given | 'auto' | null, fixMs?: number): Promise<CheckResult>
  /** Runs a script of the lab's folder as root in the guest, with the variant's parameters in its environment. */
  runScript(script: string): Promise<GuestRun>
  /** Ends the machine and all that belongs to it. */
  dispose(): Promise<void>
}

export interface StartOptions {
  driver: Driver
  image: string
  template: Template
  lab: LabFolder
  identity: SandboxIdentity
  lingerSeconds: number
  /** A machine that waits, in place of a new one. */
  pooled?: { handOut(identity: SandboxIdentity): Promise<Raised> }
  /** When it was asked for, by `performance.now()`: from then on the start counts. */
  asked?: number
  onStep?: (step: StartStep) => void
}

/** A container whose VM is awake; its first shell is at its prompt, or opens while the machine breaks. */
export interface Raised {
  container: ContainerInfo
  link: Link
  firstTerminal: number | null
}

const proofs = 3
/** For scripts that restart Puma, on a host that is busy. */
const scriptTimeoutMs = 60_000

/** The whole id: its beginning is the millisecond it was given in, which a class that starts together shares. */
export const containerName = ({
  sandbox,
  generation,
}: Pick<SandboxIdentity, 'sandbox' | 'generation'>): string => `ringside-${sandbox}-${generation}`

/**
 * Container, VM, then break and proof from outside that it is broken, with the shell's prompt meanwhile: each timed and told.
 * @throws InfrastructureError when the machine does not come up or is not broken afterwards; nothing is left behind then
 */
export async function startMachine(options: StartOptions): Promise<RunningMachine> {
  const { driver, lab, identity, pooled } = options
  const began = options.asked ?? performance.now()
  const step = stepper(options.onStep)
  const { container, link, firstTerminal } = await (pooled
    ? step('pool', 'A machine that waits wakes', () => pooled.handOut(identity))
    : raise(options, step))
  try {
    const parts = { driver, container, lab, identity, link }
    const machine = machineOf({ ...parts, timings: { startMs: 0, breakMs: 0 } })
    // The shell opens while the machine breaks: it waits for nothing that breaks, and the machine has two processors.
    const [, terminal] = await Promise.all([
      breakAndVerify(machine, step),
      firstTerminal ?? step('shell', 'A shell opens', () => firstPrompt(link)),
    ])
    machine.firstTerminal = terminal
    machine.timings.startMs = since(began)
    await link.memoSet('timings', JSON.stringify(machine.timings))
    return machine
  } catch (error) {
    link.close()
    await driver.remove(container.id)
    throw error
  }
}

async function raise(options: StartOptions, step: Step): Promise<Raised> {
  const { driver, identity } = options
  const named = { ...options, name: containerName(identity), labels: identityLabels(identity) }
  const container = await step('container', 'Docker starts the sandbox', () => runContainer(named))
  try {
    const link = await step('restore', 'The virtual machine wakes', () => awaken(driver, container.id))
    return { container, link, firstTerminal: null }
  } catch (error) {
    await driver.remove(container.id)
    throw error
  }
}

/**
 * Takes over a machine that some earlier process started. What has come of it when it is given up is closed.
 * @throws InfrastructureError when it does not answer or was never finished
 */
export async function attachMachine(
  driver: Driver,
  container: ContainerInfo,
  identity: SandboxIdentity,
  lab: LabFolder,
  givenUp?: AbortSignal,
): Promise<RunningMachine> {
  const link = await reach(driver, container.id, givenUp)
  const remembered = await link.memoGet('timings')
  if (remembered === null) {
    link.close()
    throw new InfrastructureError('This machine was never finished.')
  }
  const timings = timingsSchema.parse(JSON.parse(remembered))
  return machineOf({ driver, container, identity, lab, link, timings })
}

const timingsSchema = z.object({ startMs: z.number(), breakMs: z.number() })
/** What the container remembers; a memo that was emptied is none. */
export const recall = async (link: Link, memo: string): Promise<string | null> =>
  (await link.memoGet(memo)) || null

/** The same machine as that of another lab and seed, nothing of it touched: what may be asked of it, and how it is judged. */
export function machineAs(
  { container, identity, timings, link, firstTerminal, dispose }: RunningMachine,
  lab: LabFolder,
  other: Pick<SandboxIdentity, 'seed' | 'started'>,
): RunningMachine {
  const known = { ...identity, ...other, lab: lab.lab.meta.id }
  return { ...machineOf({ container, identity: known, lab, timings, link }), firstTerminal, dispose }
}

export async function breakAndVerify(machine: RunningMachine, step: Step): Promise<void> {
  const { lab, identity } = machine
  const began = performance.now()
  const title = lab.lab.questions ? 'The server gets its limits' : 'Something breaks'
  await step('break', title, async () => {
    await Promise.all([surround(machine), breakIt(machine)])
    await flood(machine)
  })
  machine.timings.breakMs = since(began)
  await step('verify', 'The world confirms it', () =>
    untilProven(() => lab.lab.verifyBroken(machine, lab.lab.variant(identity.seed), identity.seed)),
  )
}

/** A busy host may spread one burst of clients so thin that a broken server serves them all: only a machine that looks sound each time is. */
async function untilProven(prove: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await prove()
    } catch (error) {
      if (attempt === proofs) throw error
    }
  }
}

async function surround({ lab, identity, link }: RunningMachine): Promise<void> {
  const { wan, upstream } = lab.lab.surroundings?.(lab.lab.variant(identity.seed)) ?? {}
  if (wan) await link.setWan(wan)
  if (upstream) await link.openUpstream(upstream)
}

/** Not before the break: what a sound server took in of it would stay there for a minute. */
async function flood({ lab, identity, link }: RunningMachine): Promise<void> {
  const { flood } = lab.lab.surroundings?.(lab.lab.variant(identity.seed)) ?? {}
  if (flood) await link.startFlood(flood)
}

async function breakIt({ lab, identity, runScript }: RunningMachine): Promise<void> {
  const run = await runScript(scriptsAt(lab, identity.seed).breakScript)
  if (run.exitCode === 0) return
  throw new InfrastructureError(
    `The lab ${lab.lab.meta.id} could not be set up: ${run.stderr.trim().slice(-400) || `exit ${run.exitCode}`}`,
  )
}

type Parts = Pick<RunningMachine, 'container' | 'identity' | 'lab' | 'timings' | 'link'> & { driver?: Driver }

function machineOf({ driver, container, identity, lab, timings, link }: Parts): RunningMachine {
  const variant = lab.lab.variant(identity.seed)
  const sandbox = { guest: guestOf(link), world: worldOf(link) }
  let baseline: Promise<unknown> | null = null

  async function takeBaseline(): Promise<unknown> {
    try {
      const remembered = await recall(link, 'baseline')
      if (remembered !== null) return JSON.parse(remembered)
      const earlier = (await recall(link, 'state')) ?? undefined
      const before = await lab.lab.collect({ ...sandbox, stateTold, earlier }, variant, identity.seed)
      const broken = lab.lab.brokenBaseline(before, variant)
      if (!broken.ok)
        throw new InfrastructureError(`The before-figures are not what they should be: ${broken.reason}`)
      await link.memoSet('baseline', JSON.stringify(before))
      return before
    } finally {
      // Also where nothing was told, or was told to a process that is no more.
      await startTraffic()
    }
  }

  /** The first one is kept: where these figures come to nothing, a learner may read what stood there before they are measured again. */
  async function stateTold(state: string): Promise<void> {
    if ((await recall(link, 'state')) === null) await link.memoSet('state', state)
    await startTraffic()
  }

  async function startTraffic(): Promise<void> {
    if ((await recall(link, 'traffic')) !== null) return
    const { everyMs, plan } = lab.lab.background(variant, identity.seed)
    await link.startBackground(plan, everyMs)
    await link.memoSet('traffic', 'started')
  }

  const machine: RunningMachine = {
    container,
    identity,
    lab,
    timings,
    link,
    ...sandbox,
    firstTerminal: null,
    baseline() {
      baseline ??= takeBaseline().catch((error) => {
        baseline = null
        throw error
      })
      return baseline
    },
    async check(answers, fixMs = 0) {
      const before = await machine.baseline()
      // Before the load, which neither disturbs this nor is disturbed by it.
      const work = await readWork(sandbox.guest, Date.parse(identity.started))
      const given = answers === 'auto' ? lab.lab.referenceAnswers(before, variant) : answers
      const timed = { ...timings, fixMs }
      const { seed } = identity
      return {
        before,
        work,
        ...(await grade({ lab: lab.lab, seed, before, sandbox, answers: given, timings: timed })),
      }
    },
    runScript: (script) =>
      sandbox.guest.run(script, { timeoutMs: scriptTimeoutMs, env: lab.lab.env(variant) }),
    async dispose() {
      link.close()
      await driver?.remove(container.id)
    },
  }
  return machine
}

const guestOf = (link: Link): Guest => ({
  run: (script, { timeoutMs = 10_000, env = {} } = {}) => link.exec(exportsOf(env) + script, { timeoutMs }),
})

const worldOf = (link: Link): World => ({
  load: (plan, options) => link.load(plan, options),
  stats: () => link.worldStats(),
})

export type Step = <T>(id: StartStep['id'], title: string, work: () => Promise<T>) => Promise<T>

/** Runs each step, tells it when it begins (ms null) and when it is done. */
function stepper(onStep: (step: StartStep) => void = () => {}): Step {
  return async (id, title, work) => {
    const began = performance.now()
    onStep({ id, title, ms: null })
    const result = await work()
    onStep({ id, title, ms: since(began) })
    return result
  }
}

const since = (began: number): number => Math.round(performance.now() - began)
