/**
 * Quick proof from outside that a shop which is not broken is open. Knows no single lab.
 */
import { InfrastructureError, type LoadPlan, type Planned, type World } from '../../grader/guest.ts'

/** @throws InfrastructureError when not everybody of the plan is answered, whatever their patience */
export async function mustServe(
  world: World,
  plan: (patienceMs: number) => LoadPlan<Planned>,
): Promise<void> {
  // On a busy host, or just restored, an answer takes its time.
  for (const patienceMs of [300, 1_500, 3_000, 9_000]) {
    const { results } = await world.load(plan(patienceMs))
    if (results.every(({ outcome }) => outcome === 'ok')) return
  }
  throw new InfrastructureError('The machine was set up, but its shop does not answer.')
}
