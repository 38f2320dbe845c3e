/**
 * The labs that an incident can be. Chosen so that one ticket is true of all of them: what the customers see is the same.
 */
import acceptQueue from '../accept-queue/lab.ts'
import conntrackFull from '../conntrack-full/lab.ts'
import fdLimit from '../fd-limit/lab.ts'
import reuseport from '../reuseport/lab.ts'
import type { Answers, Lab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import silentDrop from '../silent-drop/lab.ts'
import slowAccept from '../slow-accept/lab.ts'
import synFlood from '../syn-flood/lab.ts'

/** A lab with the shop, whatever its own parameters are. */
export type Case = Lab<unknown, Evidence, Answers>

export const cases = [
  acceptQueue,
  conntrackFull,
  fdLimit,
  reuseport,
  silentDrop,
  slowAccept,
  synFlood,
] as Case[] as [Case, ...Case[]]
