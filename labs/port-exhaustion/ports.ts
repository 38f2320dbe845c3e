/**
 * How many local ports a server has for its calls to one service, by two settings of the kernel and by the files that the next boot reads.
 * Pure; knows no machine.
 */
import { kernelRange } from './variant.ts'

/** Null: one of the two cannot be read. */
export function usablePorts(range: string, reserved: string): number | null {
  const [, low, high] = /^(\d{1,5})\s+(\d{1,5})$/.exec(range.trim()) ?? []
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

/** What the last line of the sysctl files sets; `otherwise`, the kernel's own, when no line does. Lines as `durablePart` prints them. */
function textAtBoot(lines: string, name: string, otherwise: string): string {
  const setting = new RegExp(`^\\S+: -?${name.replaceAll('.', '[./]')}\\s*=(.*)$`)
  const values = lines.split('\n').flatMap((line) => setting.exec(line.trim())?.[1] ?? [])
  return (values.at(-1) ?? otherwise).trim()
}

export const usablePortsAtBoot = (lines: string): number | null =>
  usablePorts(
    textAtBoot(lines, 'net.ipv4.ip_local_port_range', kernelRange),
    textAtBoot(lines, 'net.ipv4.ip_local_reserved_ports', ''),
  )
