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
