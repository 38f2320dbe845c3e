/**
 * How many local ports a server has for its calls to one service, by two settings of the kernel. Pure; knows no machine.
 */

/** Null: one of the two cannot be read. */
export function usablePorts(range: string, reserved: string): number | null {
  const [, low, high] = /^(\d{1,5})\s+(\d{1,5})(?!\S)/.exec(range.trim()) ?? []
  if (low === undefined || high === undefined) return null
  const taken = new Set<number>()
  for (const part of reserved.split(',').map((one) => one.trim())) {
    if (part === '') continue
    const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part) ?? []
    if (from === undefined) return null
    for (let port = Math.max(Number(from), Number(low)); port <= Math.min(Number(to), Number(high)); port++)
      taken.add(port)
  }
  return Math.max(0, Number(high) - Number(low) + 1 - taken.size)
}
