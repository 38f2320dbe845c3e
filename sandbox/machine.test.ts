/** What machines are called, and before-figures that come to nothing and are measured once more. No machine. */
import { expect, test } from 'vitest'
import { openCatalog } from '../labs/catalog.ts'
import type { Sandbox } from '../labs/schema.ts'
import type { Link } from './link.ts'
import { containerName, machineAs, type RunningMachine } from './machine.ts'

const folder = (await openCatalog()).get('accept-queue')

test('the state that was told at first is handed to the figures that are measured again, by whichever process', async () => {
  const memos = new Map<string, string>()
  const link = {
    memoGet: async (name: string) => memos.get(name) ?? null,
    memoSet: async (name: string, text: string) => void memos.set(name, text),
    startBackground: async () => {},
  } as Partial<Link> as Link
  const handed: (string | undefined)[] = []
  const states = ['first', 'second', 'third']
  const collect = async ({ stateTold, earlier }: Sandbox) => {
    handed.push(earlier)
    await stateTold?.(states[handed.length - 1] ?? '')
    // While traffic plays.
    expect(memos.get('traffic')).toBe('started')
    if (handed.length < 3) throw new Error('the host is busy')
    return { earlier }
  }
  const lab = { ...folder, lab: { ...folder.lab, collect, brokenBaseline: () => ({ ok: true as const }) } }
  const identity = { seed: 1, lab: 'accept-queue', started: new Date(0).toISOString() }
  const machine = (): RunningMachine =>
    machineAs({ lab, identity, link, timings: {} } as unknown as RunningMachine, lab, identity)
  const one = machine()
  await expect(one.baseline()).rejects.toThrow('busy')
  await expect(one.baseline()).rejects.toThrow('busy')
  expect(await machine().baseline()).toEqual({ earlier: 'first' })
  expect(handed).toEqual([undefined, 'first', 'first'])
})

test('machines that were asked for in the same millisecond have containers of different names, as have those of a reset', () => {
  const named = (sandbox: string, generation: number) => containerName({ sandbox, generation })
  const names = [
    named('019a8f3c-5d21-7abc-8def-0123456789a0', 0),
    named('019a8f3c-5d21-7abc-8def-0123456789a1', 0),
    named('019a8f3c-5d21-7abc-8def-0123456789a1', 1),
  ]
  expect(new Set(names).size).toBe(3)
})
