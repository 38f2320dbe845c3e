/** What holds for the plans of every lab whose near clients visit the shop: sorted, from addresses of the world, the same each time. */
import { expect } from 'vitest'
import type { LoadPlan, Planned } from '../../grader/guest.ts'

export function expectSound(make: () => LoadPlan<Planned>): void {
  const { requests } = make()
  const times = requests.map(({ atMs }) => atMs)
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(times[0]).toBeGreaterThanOrEqual(0)
  for (const { src } of requests) expect(src).toMatch(/^198\.18\.(1[6-9]|2\d|3[01])\.([1-9]\d{0,2})$/)
  expect(make()).toEqual(make())
}
