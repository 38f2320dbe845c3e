/**
 * Which Pumas the next boot will start on port 80, and whether one of them will stop accepting again: by the units that are enabled, their
 * drop-ins, and the configurations that they name. Pure; knows systemd's spelling, no machine.
 */
import { settingsOf } from '../shop/boot.ts'

/** Shell that prints these files, each line behind its file's name, and the units that a boot wants. Masked units are no files. */
export const serversPart = `
part servers
shopt -s nullglob
for file in /etc/systemd/system/*.service /etc/systemd/system/*.service.d/*.conf /etc/puma/*.rb; do
  if [ -f "$file" ]; then while IFS= read -r line || [ -n "$line" ]; do
    case $line in ''|[\\#\\;]*) ;; *) printf '%s: %s\\n' "$file" "$line" ;; esac
  done <"$file"; fi
done
part wanted
for file in /etc/systemd/system/*.wants/* /etc/systemd/system/*.requires/*; do printf '%s\\n' "\${file##*/}"; done
`

/** Null: it accepts whoever comes, for all that the files say. */
export interface ServerAtBoot {
  unit: string
  trouble: 'suspends itself' | 'leaves its socket to others' | null
}

export function serversAtBoot(servers: string, wanted: string): ServerAtBoot[] {
  const files = filesOf(servers)
  return [...new Set(wanted.split('\n'))]
    .filter((unit) => files.has(`/etc/systemd/system/${unit}`))
    .flatMap((unit) => {
      const lines = [...files]
        .filter(
          ([name]) =>
            name === `/etc/systemd/system/${unit}` || name.startsWith(`/etc/systemd/system/${unit}.d/`),
        )
        .flatMap(([, own]) => own)
      const config = configOf(lines, files)
      return config.some(isPort80) ? [{ unit, trouble: troubleOf(lines, config) }] : []
    })
}

/** Main file first, then drop-ins: the order in which the shell lists them. */
function filesOf(text: string): Map<string, string[]> {
  const files = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [, name, rest] = /^(\/[^:]+): (.*)$/.exec(line) ?? []
    if (name) files.set(name, [...(files.get(name) ?? []), (rest as string).trim()])
  }
  return files
}

/** The configuration that the unit's command names, with the one that it reads in turn. */
function configOf(unit: string[], files: Map<string, string[]>): string[] {
  const command = settingsOf(unit, 'ExecStart').at(-1) ?? ''
  if (!/puma/.test(command)) return []
  const name = /\s(?:-C|--config)[ =]?(\S+)/.exec(command)?.[1] ?? '/etc/puma/puma.rb'
  const own = files.get(name) ?? []
  const further = own.flatMap((line) =>
    /instance_eval|load|eval/.test(line) ? (/'(\/[^']+)'/.exec(line)?.[1] ?? []) : [],
  )
  const forgets = own.includes('clear_binds!')
  const from = (forgets ? [] : further).flatMap((file) => files.get(file) ?? [])
  const port = /\s(?:-b|--bind|-p|--port)[ =]?(\S+)/.exec(command)?.[1]
  return [...(port ? [`bind ${port}`] : [...from, ...own])]
}

const isPort80 = (line: string): boolean => /^(bind|port)\b.*(:80\b|\s80$)/.test(line)

function troubleOf(unit: string[], config: string[]): ServerAtBoot['trouble'] {
  const after = [...settingsOf(unit, 'ExecStartPost'), ...settingsOf(unit, 'ExecStartPre')]
  if (after.some((line) => /\b(SIG)?STOP\b|\bfreeze\b|\s-19\b/.test(line))) return 'suspends itself'
  const runtime = settingsOf(unit, 'RuntimeMaxSec').at(-1) ?? 'infinity'
  const killMode = settingsOf(unit, 'KillMode').at(-1) ?? 'control-group'
  // Whoever forks and closes the socket in the child leaves nothing behind.
  const forks = config.some((line) => /\bfork\b/.test(line)) && !config.some((line) => /\bclose\b/.test(line))
  const isEnded = runtime !== 'infinity' && runtime !== '0'
  return isEnded && forks && killMode === 'process' ? 'leaves its socket to others' : null
}
