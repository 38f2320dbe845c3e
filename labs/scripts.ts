/**
 * Which scripts run in the machine of one seed, and how they get their parameters. Knows no single lab and no machine.
 */
import { emptyTexts, type LabFolder, type LabScripts } from './folder.ts'

/** The scripts of one seed's machine: the lab's own, or those of the lab that it is in disguise. */
export function scriptsAt(folder: LabFolder, seed: number): LabScripts {
  const { lab, all = [] } = folder
  const disguise = lab.disguise?.(lab.variant(seed))
  if (!disguise) return folder
  const { breakScript, solves, wrongs } = all.find((one) => one.lab.meta.id === disguise.lab) ?? emptyTexts
  return {
    breakScript,
    solves,
    wrongs: wrongs.map((wrong) => ({ ...wrong, fails: disguise.criterion(wrong.fails) })),
  }
}

/** What takes the break of one seed back; null when there is nothing to take back, or no way. */
export function undoAt(folder: LabFolder, seed: number): string | null {
  const { lab, all = [] } = folder
  const disguise = lab.disguise?.(lab.variant(seed))
  return (disguise ? all.find((one) => one.lab.meta.id === disguise.lab) : folder)?.undoScript ?? null
}

/** Shell that puts these into the environment, for the head of a script. */
export const exportsOf = (env: Record<string, string>): string =>
  Object.entries(env)
    .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
    .join('')

/** One word for a shell, whatever the text holds. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
