/**
 * Which faults fit on which machine: those of labs whose machine is made from the same template. A lab's variants may differ in their machine. Pure;
 * knows no sandbox.
 */
import type { Lab } from './schema.ts'

type Machined = Pick<Lab, 'machine' | 'variant'>

/** The same for two machines that one template makes. */
export const kindAt = ({ machine, variant }: Machined, seed: number): string => {
  const { nic, vcpus, memoryMb, prepare } = machine(variant(seed))
  return JSON.stringify([nic, vcpus, memoryMb, prepare])
}

/** So many seeds are tried for one whose machine fits. */
const seedsTried = 64

/** A seed from this one on with a machine of this kind; null when the lab has none. */
export function seedOfKind(lab: Machined, kind: string, from: number): number | null {
  for (let seed = from; seed < from + seedsTried; seed++) if (kindAt(lab, seed) === kind) return seed
  return null
}
