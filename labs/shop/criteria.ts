/**
 * Criteria that every lab with the shop shares: Puma and the shop are what they were, and harm counts only against who has mended something.
 * Pure; feedback says what was observed and never what to type. Knows no single lab.
 */
import type { Finding } from '../schema.ts'
import { type Clients, clientsOf } from './clients.ts'
import type { Evidence } from './evidence.ts'
import { type Server, serverOf } from './server.ts'

/** `/` waits 60 ms for the storage before it answers anybody. */
const idlePageLeastMs = 55
/** Of a processor: a machine that is left less of the host than this is too slow for its clients, whatever was done to it. */
const leftAtLeast = 0.75
/** Describing itself takes a server up to a second under emulation on a host that has time. */
const busyHostMs = 2_000

/** One collection, read once. */
export interface Side {
  server: Server
  clients: Clients
  /** Others had so much of the host that this machine could not keep its times. */
  starved: boolean
}

export const sideOf = (evidence: Evidence): Side => ({
  server: serverOf(evidence),
  clients: clientsOf(evidence),
  starved: isStarved(evidence),
})

/** By the host's word, which no learner can write; where it did not tell, by how long the server took to describe itself. */
const isStarved = ({ load: { host }, stateMs }: Evidence): boolean =>
  host ? host.left < leftAtLeast : stateMs > busyHostMs

export interface Sides {
  before: Side
  after: Side
  served: boolean
}

export const passed = (feedback: string, evidence: Finding['evidence']): Finding => ({
  status: 'pass',
  share: 1,
  feedback,
  evidence,
})

export const failed = (feedback: string, evidence: Finding['evidence'], share = 0): Finding => ({
  status: 'fail',
  share,
  feedback,
  evidence,
})

/** Before-figures that show no fault judge nobody: the machine's fault, or ours. */
export const notBroken = (reason: string): Finding => ({
  status: 'error',
  share: 0,
  feedback: `This machine was not broken as it should have been: ${reason}.`,
  evidence: [],
})

/** What earns nothing before something was mended, and is no fault either. */
export const notYet = (feedback: string): Finding => ({
  status: 'not_gradable',
  share: 0,
  feedback,
  evidence: [],
})

/** What the next boot will find, with a word on the file that it will not: that one may say what is wanted. */
export const atNextBoot = (feedback: string, { isLeftUnread }: { isLeftUnread: boolean }): string =>
  isLeftUnread ? `${feedback} No boot of this server reads /etc/sysctl.conf.` : feedback

/** A row of the protocol about the clients of both sides. */
export const clientRow =
  ({ before, after }: Pick<Sides, 'before' | 'after'>) =>
  (label: string, of: (clients: Clients) => string): Finding['evidence'][number] => ({
    label,
    before: of(before.clients),
    after: of(after.clients),
  })

export function judgeApp({ before, after, served }: Sides): Finding {
  const { puma } = after.server
  const { untrue, idlePageMs } = after.clients
  const was = before.server.puma
  // Further files beside the shop's own do no harm.
  const isUnharmed = after.server.files.includes(before.server.files)
  const evidence = [
    { label: 'Process behind port 80', before: processOf(before.server), after: processOf(after.server) },
    { label: 'First byte of / when idle', before: ms(before.clients.idlePageMs), after: ms(idlePageMs) },
    {
      label: 'Files of the shop',
      after: isUnharmed ? 'unchanged' : 'changed',
    },
  ]
  const fail = (feedback: string, share = 0) => failed(feedback, evidence, share)
  if (untrue > 0) return fail(`${untrue} answers on port 80 were not the shop's.`)
  if (!puma) return fail('The process that listens on port 80 is not Puma.')
  if (puma.exe !== was?.exe || puma.parser !== was.parser)
    return fail('Puma is not the Puma that was here before.')
  if (!isUnharmed) return fail('The files of the shop were changed.')
  if (puma.settings !== was.settings) return fail('The settings that the shop runs with were changed.')
  if (idlePageMs !== null && idlePageMs < idlePageLeastMs) {
    return fail(`A page that waits for its storage came after ${ms(idlePageMs)}.`)
  }
  if (puma.unit !== was.unit)
    return fail('Puma listens, but not as its service: nothing would start it again after a crash.', 0.5)
  return harmless('Puma and the shop are what they were.', evidence, served)
}

/** Nothing harmed where nothing was mended is no merit yet. */
export function harmless(feedback: string, evidence: Finding['evidence'], served: boolean): Finding {
  return served
    ? passed(feedback, evidence)
    : {
        status: 'not_gradable',
        share: 0,
        feedback: `${feedback} This counts as soon as the clients are served.`,
        evidence,
      }
}

/** Clients out of time, but nobody answered in the shop's name and nobody turned away, on a machine that got too little of its host. */
export const isHostBusy = ({ clients, starved }: Side): boolean =>
  starved && clients.silent > 0 && clients.untrue + clients.turnedAway === 0

export const told = (value: number | null): string => (value === null ? 'unknown' : `${value}`)
export const ms = (value: number | null): string => (value === null ? 'no answer' : `${Math.round(value)} ms`)

const processOf = ({ puma, listeners }: Server): string =>
  puma ? `${puma.exe} in ${puma.unit}` : (listeners[0]?.processes[0]?.name ?? 'nothing')
