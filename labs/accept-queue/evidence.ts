/**
 * What this lab collects beyond the shop's own evidence: the numbers that limit its listener, and what a boot would make of them. Knows nothing of
 * points.
 */
import { bootLinesOf, bootPart } from '../reading/boot.ts'
import { numberIn } from '../reading/sections.ts'
import { bootSettings } from '../reading/sysctl.ts'
import type { Sandbox } from '../schema.ts'
import { collectShop, durablePart, type Evidence } from '../shop/evidence.ts'
import { serverOf } from '../shop/server.ts'
import { backlogAtBoot } from './boot.ts'
import { checkPlan } from './load.ts'
import type { Variant } from './variant.ts'

export const collect = (sandbox: Sandbox, variant: Variant, seed: number): Promise<Evidence> =>
  collectShop(sandbox, { parts, plan: (patience) => checkPlan(variant, seed, patience) })

const parts = `
show somaxconn /proc/sys/net/core/somaxconn
show abort /proc/sys/net/ipv4/tcp_abort_on_overflow
${durablePart('somaxconn')}
${bootPart('*somaxconn* | *sysctl* | *ExecStart* | *backlog=* | *Backlog* | *ListenStream*')}
`

/** Null: the server did not say. */
export interface Queue {
  somaxconn: number | null
  abortOnOverflow: number | null
  /** The limit of the shortest queue on port 80. */
  limit: number | null
}

export function queueOf(evidence: Evidence): Queue {
  const { sections, listeners } = serverOf(evidence)
  return {
    somaxconn: numberIn(sections, 'somaxconn'),
    abortOnOverflow: numberIn(sections, 'abort'),
    limit: listeners.length > 0 ? Math.min(...listeners.map(({ sendQ }) => sendQ)) : null,
  }
}

export interface AtBoot {
  /** By the files: the smaller of what the kernel will allow and what will be asked for. */
  limit: number
  isLeftUnread: boolean
}

const kernelSomaxconn = 4096

export function atBoot(evidence: Evidence): AtBoot {
  const { sections, pumaConfig } = serverOf(evidence)
  const { number, isLeftUnread } = bootSettings(sections)
  const somaxconn = number('net.core.somaxconn', kernelSomaxconn)
  return { limit: Math.min(somaxconn, backlogAtBoot(bootLinesOf(sections), pumaConfig)), isLeftUnread }
}
