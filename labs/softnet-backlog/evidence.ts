/**
 * What this lab collects beyond what every lab with datagrams does: who is steered where, and how many may wait there, now and after the next boot. Knows
 * nothing of points.
 */
import { collectDatagrams, hostOf } from '../datagrams/evidence.ts'
import { numberIn } from '../reading/sections.ts'
import { valueAtBoot } from '../reading/sysctl.ts'
import type { Sandbox } from '../schema.ts'
import { durablePart, type Evidence } from '../shop/evidence.ts'
import { serverOf } from '../shop/server.ts'
import { checkPlan } from './load.ts'
import type { Variant } from './variant.ts'

export const collect = (sandbox: Sandbox, variant: Variant, seed: number): Promise<Evidence> =>
  collectDatagrams(sandbox, {
    parts,
    bootPattern: '*rps_cpus* | *netdev_max_backlog*',
    plan: (patience) => checkPlan(variant, seed, patience),
  })

const parts = `
show backlog /proc/sys/net/core/netdev_max_backlog
part steering
for file in /sys/class/net/eth0/queues/rx-*/rps_cpus; do read -r line <"$file"; printf '%s\\n' "$line"; done
${durablePart('netdev_max_backlog')}
`

export interface Steering {
  /** Packets that may wait for one processor; null: the server did not say. */
  backlog: number | null
  /** Some queue of the card hands its packets to other processors. */
  isOn: boolean
}

export function steeringOf(evidence: Evidence): Steering {
  const { sections } = serverOf(evidence)
  return { backlog: numberIn(sections, 'backlog'), isOn: isMask(sections.steering ?? '') }
}

const name = 'net.core.netdev_max_backlog'
const kernelsOwn = 1000

/**
 * After the next boot: sysctl's files come first, then what runs with the network. A script that writes several masks counts by its last one.
 */
export function steeringAtBoot(evidence: Evidence): Steering {
  const { boot } = hostOf(evidence)
  const written = valueAtBoot(serverOf(evidence).durable, name, kernelsOwn)
  const later = boot.flatMap(({ text }) => backlogCommand.exec(text)?.slice(1).find(Boolean) ?? [])
  const masks = boot.flatMap(({ text }) =>
    /rps_cpus/.test(text) ? (maskCommand.exec(text)?.slice(1).find(Boolean) ?? []) : [],
  )
  return { backlog: Number(later.at(-1) ?? written), isOn: isMask(masks.at(-1) ?? '0') }
}

const backlogCommand =
  /echo\s+["']?(\d{1,9})["']?\s*>\s*\S*netdev_max_backlog|netdev_max_backlog["']?\s*=\s*["']?(\d{1,9})|\bw\S*\s+\/proc\/sys\/net\/core\/netdev_max_backlog(?:\s+-){4}\s+(\d{1,9})/
const maskCommand =
  /echo\s+["']?([0-9a-fA-F,]+)["']?\s*>|printf\s+["']?([0-9a-fA-F,]+)|rps_cpus(?:\s+-){4}\s+([0-9a-fA-F,]+)/

const isMask = (text: string): boolean => /[1-9a-fA-F]/.test(text)
