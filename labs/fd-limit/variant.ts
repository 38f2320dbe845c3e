/**
 * The variants of this lab: too few descriptors for Puma, which its own configuration asks for in one of two files, and clients that connect
 * before they have anything to ask. Knows no machine.
 */
import { random } from '../random.ts'

/** Where the number stands: in Puma's configuration, or in the environment file that the configuration goes by. */
export type Cause = 'settings' | 'config'

export interface Variant {
  cause: Cause
  /** Descriptors that Puma may have open. It needs about a dozen for itself. */
  limit: number
  /** Clients that connect and stay silent, in the check. */
  idle: number
  /** The remark beside it. */
  remark: string
}

const causes = ['settings', 'config'] as const
const remarks = [
  'leaks show early this way',
  'nobody needs a thousand open files',
  'hardening, see the audit',
  'agreed with security',
] as const

/** The cause goes round with the seed, so that neighbours differ; the rest is drawn. */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  return {
    cause: causes[seed % causes.length] as Cause,
    limit: draw.int(26, 32),
    idle: draw.int(34, 40),
    remark: draw.pick(remarks),
  }
}
