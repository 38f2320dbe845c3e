/**
 * Quick proof from outside that a server loses datagrams: one burst. Knows no single lab.
 */
import { InfrastructureError, type LoadPlan, type Planned, type World } from '../../grader/guest.ts'

/** A server that is not broken loses none; broken ones were seen to lose a third and more. */
const leastLost = 0.1

/** @throws InfrastructureError when the burst of the plan arrives, or nobody can tell */
export async function mustLose(world: World, plan: LoadPlan<Planned>): Promise<void> {
  const { results } = await world.load(plan)
  const { sent = 0, delivered = -1 } = results[0] ?? {}
  if (delivered >= 0 && delivered < sent * (1 - leastLost)) return
  const seen =
    delivered < 0 ? 'its collector did not answer' : `${delivered} of ${sent} datagrams arrived all the same`
  throw new InfrastructureError(`The machine was set up, but ${seen}.`)
}
