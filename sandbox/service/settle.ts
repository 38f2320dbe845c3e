/**
 * What a new machine still needs once its learner has it: the before-figures, and with them the world's traffic. Knows no status and nobody who
 * watches.
 */
import { InfrastructureError } from '../../grader/guest.ts'
import { type RunningMachine, recall } from '../machine.ts'

interface SettleOptions {
  asleep(): boolean
  log: (line: string) => void
}

/** A check that cannot wait takes the before-figures itself. @throws InfrastructureError when they could not be taken */
export async function settle(machine: RunningMachine, { asleep, log }: SettleOptions): Promise<void> {
  // One that sleeps had its chance: it has them, or the next check tries again.
  if (asleep() && (await recall(machine.link, 'baseline')) === null)
    throw new InfrastructureError('The before-figures could not be taken.')
  // What a busy host has spoilt is measured once more, with the learner reading meanwhile.
  await machine.baseline().catch((error) => {
    log(`measuring once more: ${String(error)}`)
    return machine.baseline()
  })
}
