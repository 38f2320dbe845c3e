/**
 * Saving a moment and going back to it, on a machine that works in between; beside a new machine with its before-figures, which is what one
 * would need without. Knows no protocol.
 */
import type { RunningMachine } from '../../sandbox/machine.ts'
import { inLabRoom, openCatalog } from '../lab-room.ts'
import { say } from '../output.ts'
import { type BenchOptions, figure, median, type Report, report } from './figures.ts'
import { benchLab } from './labs.ts'
import { openShell } from './shell.ts'

const goalMs = 2000
/** What a learner may have done meanwhile: settings, files, programs that were not in memory before. */
const work =
  'sysctl -qw net.core.somaxconn=4097; head -c 4M /dev/urandom >/root/work; find /etc >/root/list; ss -s'

interface Round {
  saveMs: number
  stoodMs: number
  bytes: number
  backMs: number
  keyMs: number
}

export async function benchRewind({ lab, count = 10 }: BenchOptions): Promise<Report> {
  const folder = benchLab(await openCatalog(), lab)
  return inLabRoom(async ({ sandboxes, withMachine }) => {
    await sandboxes.prepare(folder.lab.machine(folder.lab.variant(1)))
    const began = performance.now()
    return withMachine({ lab: folder, seed: 1 }, async (machine) => {
      await machine.baseline()
      const anew = performance.now() - began
      const start = await machine.link.saveMoment('', { start: true })
      const rounds: Round[] = []
      const starts: Round[] = []
      for (let round = 1; round <= count; round++) {
        const moment = await saved(machine)
        rounds.push({ ...moment, ...(await gone(machine, moment.id)) })
        await machine.link.dropMoment(moment.id)
        starts.push({ ...moment, ...(await gone(machine, start.id)) })
        const { saveMs, backMs } = rounds.at(-1) as Round
        say(
          `  round ${round} of ${count}: saved in ${Math.round(saveMs)} ms, back in ${Math.round(backMs)} ms`,
        )
      }
      const of = (some: Round[], key: keyof Round) => median(some.map((one) => one[key]))
      const most = Math.max(...rounds.map(({ bytes }) => bytes))
      return report(
        'rewind',
        [
          figure({ id: 'rewind.save.p50', value: of(rounds, 'saveMs'), unit: 'ms', goal: goalMs }),
          figure({ id: 'rewind.stall.p50', value: of(rounds, 'stoodMs'), unit: 'ms' }),
          figure({ id: 'rewind.back.p50', value: of(rounds, 'backMs'), unit: 'ms', goal: goalMs }),
          figure({
            id: 'rewind.start.p50',
            value: of(starts, 'backMs'),
            unit: 'ms',
            reference: anew,
            goal: goalMs,
          }),
          figure({ id: 'rewind.key.p50', value: of([...rounds, ...starts], 'keyMs'), unit: 'ms' }),
          figure({ id: 'rewind.memory.start', value: start.bytes / 1e6, unit: 'MB' }),
          figure({ id: 'rewind.memory', value: most / 1e6, unit: 'MB' }),
        ],
        sandboxes.accel,
      )
    })
  })
}

async function saved({ guest, link }: RunningMachine) {
  await guest.run(work, { timeoutMs: 60_000 })
  const began = performance.now()
  const { id, bytes, stoodMs } = await link.saveMoment('bench')
  return { id, bytes, stoodMs, saveMs: performance.now() - began }
}

/** There when the world says so and the shell's past is on the screen; then until a first key comes back from it. */
async function gone({ guest, link, firstTerminal }: RunningMachine, moment: number) {
  await guest.run(work, { timeoutMs: 60_000 })
  const terminal = firstTerminal ?? 1
  const watching = await openShell(link, terminal)
  const began = performance.now()
  await Promise.all([link.backTo(moment), watching.redrawn()])
  const backMs = performance.now() - began
  watching.leave()
  const typing = await openShell(link, terminal)
  await typing.echo('x')
  const keyMs = performance.now() - began
  typing.leave()
  return { backMs, keyMs }
}
