/**
 * The playground: a server on which nothing is broken and nothing is graded, and every lab's break is a command. It is a lab to whoever starts
 * machines, and in no list of labs.
 */
import { datagramMachine } from '../datagrams/machine.ts'
import { emptyTexts, type LabFolder } from '../folder.ts'
import { defineLab, type Lab } from '../schema.ts'
import { exportsOf, quoted } from '../scripts.ts'
import { firewallMachine } from '../shop/firewall.ts'
import { mustServe } from '../shop/open.ts'
import { stages } from '../stages.ts'
import { backgroundEveryMs, backgroundPlan, probePlan } from './load.ts'
import { playgroundMeta } from './meta.ts'

/** A break that is a command here. */
export interface Fault {
  lab: LabFolder
  undo: string
}

/** The playground with the breaks of these labs; `command` is the program `fault`, `guide` Markdown. */
export function playgroundOf(labs: LabFolder[], command: string, guide: string): LabFolder {
  const lab = defineLab<number, null>({
    meta: playgroundMeta,
    criteria: [],
    variant: (seed) => seed,
    machine: () => ({ ...datagramMachine('vmxnet3'), prepare }),
    env: () => ({}),
    // What the breaks need of the world is there all the time, and does no harm to a server that is not broken.
    surroundings: () => ({
      wan: { delayMs: 20, mtu: 1320 },
      upstream: { port: 8080, delayMs: 1_500 },
      flood: { pps: 4, dst: '198.18.0.2', port: 80 },
    }),
    background: (_variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(seed) }),
    verifyBroken: ({ world }, _variant, seed) =>
      mustServe(world, (patienceMs) => probePlan(seed, patienceMs)),
    collect: async () => null,
    brokenBaseline: () => ({ ok: true }),
    judge: () => ({}),
    referenceAnswers() {
      throw new Error('Nothing is asked in the playground')
    },
  })
  const asLab = lab as Lab
  return { ...emptyTexts, folder: '', lab: asLab, ticket: guide, breakScript: setUp(command, faultsOf(labs)) }
}

/** Of the labs with this card, whatever has a way back. */
export const faultsOf = (labs: LabFolder[]): Fault[] =>
  labs.flatMap((lab) => {
    const { nic } = lab.lab.machine(variantAt(lab))
    return lab.undoScript && nic === 'vmxnet3' ? [{ lab, undo: lab.undoScript }] : []
  })

/** Every fault comes in one form here; the labs have the others. */
export const faultSeed = 0
const variantAt = ({ lab }: LabFolder): unknown => lab.variant(faultSeed)

const folder = '/usr/local/lib/faults'

/** The firewall, the collector and the long ring of the labs' own machines, with the collector's ports open. */
const prepare = `${firewallMachine.prepare}
cat >/etc/nftables.d/telemetry.nft <<'RULES'
add rule inet filter input udp dport 8125 accept
add rule inet filter input tcp dport 8126 accept
RULES
nft -f /etc/nftables.d/telemetry.nft
${datagramMachine('vmxnet3').prepare}
mkdir -p ${folder}
install -m 755 /dev/null /usr/local/sbin/fault
`

/** Puts the command and its faults into the guest, by builtins of the shell alone. */
const setUp = (command: string, faults: Fault[]): string =>
  ['#!/bin/bash', 'set -eu', write('/usr/local/sbin/fault', command), ...faults.flatMap(filesOf)].join('\n')

function filesOf({ lab, undo }: Fault): string[] {
  const { meta, env } = lab.lab
  const stage = stages.find(({ id }) => id === meta.stage)?.name ?? ''
  const script = (text: string) => exportsOf(env(variantAt(lab))) + text
  return [
    write(`${folder}/${meta.id}.title`, `${stage}: ${meta.title}`),
    write(`${folder}/${meta.id}.prepare`, script(lab.faultScript ?? preparation(lab))),
    write(`${folder}/${meta.id}.break`, script(lab.breakScript)),
    write(`${folder}/${meta.id}.undo`, script(undo)),
  ]
}

/** What the lab's own template does, unless this one's has done it. */
function preparation(lab: LabFolder): string {
  const own = lab.lab.machine(variantAt(lab)).prepare
  return prepare.includes(own) ? '' : own
}

const write = (path: string, text: string): string => `printf '%s\\n' ${quoted(text)} >${path}`
