/**
 * What the files of sysctl will say at the next boot. Knows no lab.
 */

/**
 * The value that the last line sets; `otherwise`, the kernel's own, when no line does. Lines as `durablePart` of labs/shop prints them:
 * `FILE: NAME = VALUE`, in the order in which a boot reads the files.
 */
export function valueAtBoot(lines: string, name: string, otherwise: number): number {
  const spelled = name.replaceAll('.', '[./]')
  const setting = new RegExp(`^\\S+: -?${spelled}\\s*=\\s*(\\d{1,15})\\s*$`)
  const values = lines.split('\n').flatMap((line) => setting.exec(line.trim())?.[1] ?? [])
  return Number(values.at(-1) ?? otherwise)
}

/**
 * The value that the last of these commands sets, `sysctl -w NAME=N` or `echo N >/proc/sys/…`; null when none does. Commands of a boot run after
 * the files of sysctl were read, so what they set stands.
 */
export function valueByCommand(lines: string[], name: string): number | null {
  const dotted = name.replaceAll('.', '[./]')
  const setting = new RegExp(
    `\\bsysctl\\b.*?\\b${dotted}\\s*=\\s*["']?(\\d{1,15})|\\b(\\d{1,15})["']?\\s*(?:>|\\|\\s*tee)\\s*/proc/sys/${name.replaceAll('.', '/')}\\b`,
  )
  const values = lines.flatMap((line) => {
    const found = setting.exec(line)
    return found ? [Number(found[1] ?? found[2])] : []
  })
  return values.at(-1) ?? null
}
