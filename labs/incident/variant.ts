/**
 * The variants of this lab: one of the others, and its own variant of some seed. Knows no machine.
 */
import { random } from '../random.ts'
import { type Case, cases } from './cases.ts'

export interface Variant {
  /** Id of the lab that this is. */
  is: string
  /** The seed that it is played with. */
  seed: number
}

/** Neighbouring seeds are different labs. */
export function variantOf(seed: number): Variant {
  const { meta } = cases[seed % cases.length] as Case
  return { is: meta.id, seed: random(seed, 'incident').int(0, 9_999) }
}

/**
 * Asks the lab that this is, with its own variant.
 * @throws when what is asked about is older than the list of cases and its lab is gone from it
 */
export function playing<T>({ is, seed }: Variant, ask: (lab: Case, own: unknown) => T): T {
  const lab = cases.find(({ meta }) => meta.id === is)
  if (!lab) throw new Error(`No incident is ${is} any more`)
  return ask(lab, lab.variant(seed))
}
