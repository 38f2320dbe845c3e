/**
 * What this lab collects beyond the shop's own evidence. Small, with effects; knows nothing of points.
 */
import type { Sandbox } from '../../../labs/schema.ts'
import { collectShop, type Evidence } from '../../../labs/shop/evidence.ts'
import { checkPlan } from './load.ts'
import type { Variant } from './variant.ts'

/** TODO what tells that the cause is mended: `show NAME FILE` prints a file, `part NAME; COMMAND` what a command says. */
const parts = `
show somaxconn /proc/sys/net/core/somaxconn
`

export const collect = (sandbox: Sandbox, _variant: Variant, seed: number): Promise<Evidence> =>
  collectShop(sandbox, { parts, plan: (patience) => checkPlan(seed, patience) })
