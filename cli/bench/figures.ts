/**
 * Figures: percentiles, a value beside what it is divided by, whether a goal is met. Computed here and nowhere else, never written by hand.
 * Knows no measurement.
 */
import { cpus, release, totalmem } from 'node:os'

/** What the command line says of a measurement: with which lab, how often or how many. */
export interface BenchOptions {
  lab: string | undefined
  count: number | undefined
  /** Of those that take it: over how many machines. */
  machines?: number
  /** Of those that take it: whence their chance comes. */
  seed?: number
}

export interface Figure {
  id: string
  value: number
  unit: string
  /** The same measured on the plainest thing that does the job, in the same run. */
  reference: number | null
  ratio: number | null
  /** The most it may be; null where nothing was promised. */
  goal: number | null
  met: boolean | null
}

export interface Report {
  name: string
  machine: string
  at: string
  figures: Figure[]
}

export interface Measured {
  id: string
  value: number
  unit: string
  reference?: number
  goal?: number
}

export function figure({ id, value, unit, reference, goal }: Measured): Figure {
  return {
    id,
    value: rounded(value),
    unit,
    reference: reference === undefined ? null : rounded(reference),
    ratio: reference ? rounded(value / reference) : null,
    goal: goal ?? null,
    met: goal === undefined ? null : value <= goal,
  }
}

/** Nearest rank: always a value that was really measured. */
export function percentile(values: number[], share: number): number {
  if (values.length === 0) throw new Error('No values were measured.')
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number
}

export const median = (values: number[]): number => percentile(values, 0.5)

export function report(name: string, figures: Figure[], accel: string): Report {
  return { name, machine: machineText(accel), at: new Date().toISOString(), figures }
}

export function machineText(accel: string): string {
  const model = cpus()[0]?.model.replaceAll(/\s+/g, ' ').trim() || 'unknown processor'
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${cpus().length} × ${model}, ${memory} GiB, Linux ${release()}, ${accel}`
}

export const allMet = ({ figures }: Report): boolean => figures.every(({ met }) => met !== false)

/** Three significant digits do for a noisy machine; whole numbers stay whole. */
function rounded(value: number): number {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return Number(value.toFixed(digits))
}

/** Milliseconds that some work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
