/**
 * What this lab collects beyond what every lab with datagrams does: the size that the next boot gives the ring. Knows nothing of points.
 */
import { collectDatagrams, type Host } from '../datagrams/evidence.ts'
import type { Sandbox } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { checkPlan } from './load.ts'
import type { Variant } from './variant.ts'

export const collect = (sandbox: Sandbox, variant: Variant, seed: number): Promise<Evidence> =>
  collectDatagrams(sandbox, {
    parts: '',
    card: true,
    bootPattern: '*-G* | *--set-ring* | *hardware-dma-ring-rx* | *RxBufferSize*',
    plan: (patience) => checkPlan(variant, seed, patience),
  })

/** What vmxnet3 takes when nobody says anything (VMXNET3_DEF_RX_RING_SIZE). */
const driversOwn = 1024
const setting = /(?:-G|--set-ring)\s+\S+\s+.*?\brx\s+(\d{1,6})\b|hardware-dma-ring-rx\s+(\d{1,6})\b/

/** The ring after the next boot: what the last command of it sets. */
export const ringAtBoot = (host: Host): number => settingsOf(host).at(-1)?.size ?? driversOwn

/** Files that set it, in the order of the boot. */
export const ringFiles = (host: Host): string[] => [...new Set(settingsOf(host).map(({ file }) => file))]

const settingsOf = ({ boot }: Host): { file: string; size: number }[] =>
  boot.flatMap(({ file, text }) => {
    const [, command, option] = setting.exec(text) ?? []
    const size = command ?? option
    return size === undefined ? [] : [{ file, size: Number(size) }]
  })
