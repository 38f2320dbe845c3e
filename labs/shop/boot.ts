/**
 * What the next boot will read of Puma's service: its unit, the unit's drop-ins, their environment files, Puma's configuration. Pure; knows
 * systemd's spelling, no single lab and no machine.
 */

/** Shell that prints these files, each line behind its file's name, under a name. Only /etc counts: /run is empty after a boot. */
export const bootFilesUnder = (section: string): string => `
part ${section}
for file in /etc/systemd/system/puma.service /etc/systemd/system/puma.service.d/*.conf /etc/default/* /etc/puma/*; do
  if [ -f "$file" ]; then while IFS= read -r line || [ -n "$line" ]; do
    case $line in ''|[\\#\\;]*) ;; *) printf '%s: %s\\n' "$file" "$line" ;; esac
  done <"$file"; fi
done
`
export const bootFilesPart = bootFilesUnder('boot')

/** Name and lines of each file, in the order in which a boot reads them. */
export type BootFiles = Map<string, string[]>

export function bootFilesOf(text: string): BootFiles {
  const files: BootFiles = new Map()
  for (const line of text.split('\n')) {
    const [, name, rest] = /^(\/\S+): (.*)$/.exec(line) ?? []
    if (name) files.set(name, [...(files.get(name) ?? []), (rest as string).trim()])
  }
  return files
}

/** The lines of the unit and its drop-ins. */
export const unitOf = (files: BootFiles): string[] =>
  [...files].filter(([name]) => name.startsWith('/etc/systemd/')).flatMap(([, lines]) => lines)

/** The values of a unit's setting in order; an empty one forgets those before it. */
export function settingsOf(unit: string[], name: string): string[] {
  const values = unit.flatMap((line) => {
    const [, key, value = ''] = /^(\w+)\s*=\s*(.*)$/.exec(line) ?? []
    return key === name ? [value.trim()] : []
  })
  return values.slice(values.lastIndexOf('') + 1)
}

/** What the unit's process finds in its environment. An environment file overrides Environment=, a later file an earlier one. */
export function environmentOf(unit: string[], files: BootFiles): Map<string, string> {
  const own = settingsOf(unit, 'Environment').flatMap((line) => line.split(/\s+/))
  const read = settingsOf(unit, 'EnvironmentFile').flatMap((name) => files.get(name.replace(/^-/, '')) ?? [])
  const assigned = [...own, ...read].flatMap((line) => {
    const [, name, value] = /^["']?(\w+)=["']?([^"']*)["']?$/.exec(line) ?? []
    return name ? [[name, value as string] as const] : []
  })
  return new Map(assigned)
}
