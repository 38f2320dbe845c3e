/**
 * Sets of processors as the kernel writes them. Pure; knows no machine.
 */

/** `0-1,3`; empty where it is something else. */
export function cpuList(text: string): number[] {
  if (!/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(text)) return []
  return text.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number)
    return Array.from({ length: Math.min(64, last - first + 1) }, (_, i) => first + i)
  })
}

/** A hexadecimal mask; the kernel's commas are no part of the number. */
export function cpuMask(text: string): number[] {
  const mask = Number.parseInt(text.replaceAll(',', '').slice(-8), 16)
  return Array.from({ length: 32 }, (_, cpu) => cpu).filter((cpu) => (mask >>> cpu) & 1)
}
