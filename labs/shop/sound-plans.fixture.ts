/** What holds for the plans of every lab: sorted, from addresses of the world's clients, the same each time. */
import { expect } from 'vitest'
import type { LoadPlan, Planned } from '../../grader/guest.ts'

/** `from`: who may ask; the near clients alone when left out. */
export function expectSound(make: () => LoadPlan<Planned>, from = near): void {
  const { requests } = make()
  const times = requests.map(({ atMs }) => atMs)
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(times[0]).toBeGreaterThanOrEqual(0)
  for (const { src } of requests) expect(src).toMatch(from)
  expect(make()).toEqual(make())
}

const near = /^198\.18\.(1[6-9]|2\d|3[01])\.([1-9]\d{0,2})$/
/** Near, but for the ranges that the firewall turns away, and over the WAN. */
export const nearOrFar = /^198\.(18\.(1[6-9]|2[0-7])|19\.(\d\d?|1[01]\d|12[0-7]))\./
