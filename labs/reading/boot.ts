/**
 * The commands that the next boot of a Debian server with ifupdown will run on its network, and what its firewall will be told: which lines stand in
 * which files, in the order in which a boot comes to them, without units that are not enabled and scripts that nobody may run. Knows no lab.
 */
import type { Sections } from './sections.ts'

export interface BootLine {
  file: string
  text: string
}

/** Shell that prints what `bootLinesOf` reads: lines that match the pattern of `case`, taken from files that
 * have it at all. No program is started: each costs tenths of a second. */
export const bootPart = (pattern: string): string => `
shopt -s nullglob
part boot
for file in /etc/nftables.conf /etc/nftables.d/* /etc/network/interfaces /etc/network/interfaces.d/* /etc/network/if-*.d/* \\
  /etc/systemd/system/*.service /etc/systemd/system/*.socket /etc/systemd/system/*.d/*.conf /etc/systemd/network/* \\
  /etc/tmpfiles.d/* /etc/rc.local /etc/crontab /etc/cron.d/* /var/spool/cron/crontabs/* /usr/local/sbin/* /usr/local/bin/*; do
  if [ ! -f "$file" ] || [ ! -r "$file" ]; then continue; fi
  IFS= read -rd '' text <"$file"
  case $text in ${pattern} | *source*) ;; *) continue ;; esac
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in ${pattern} | source*) printf '%s:%s\\n' "$file" "$line" ;; esac
  done <"$file"
done
part enabled
for file in /etc/systemd/system/*.wants/* /etc/systemd/system/*.requires/*; do printf '%s\\n' "\${file##*/}"; done
part executable
for file in /etc/network/if-*.d/* /etc/rc.local; do if [ -x "$file" ]; then printf '%s\\n' "$file"; fi; done
`

/** Whose turn it is when: the first pattern that fits a file. */
const turns: RegExp[] = [
  /^\/etc\/tmpfiles\.d\/.*\.conf$/,
  // The firewall stands before there is a network.
  /^\/etc\/nftables|^\/etc\/systemd\/system\/nftables\.service/,
  /^\/etc\/network\/if-pre-up\.d\//,
  /^\/etc\/network\/interfaces/,
  /^\/etc\/network\/if-up\.d\//,
  /^\/etc\/systemd\/system\/networking\.service/,
  /^\/etc\/systemd\/|^\/usr\/local\//,
  /^\/etc\/rc\.local$/,
  /^\/etc\/crontab$|\/cron/,
]

export function bootLinesOf(sections: Sections): BootLine[] {
  const enabled = (sections.enabled ?? '').split('\n')
  const executable = (sections.executable ?? '').split('\n')
  const lines = (sections.boot ?? '').split('\n').flatMap((line) => {
    const [, file, text] = /^(\/[^:]+):(.*)$/.exec(line) ?? []
    // Within a line a semicolon stands between two commands.
    const stripped = text?.replace(/^\s*[#;].*$|\s#.*$/, '').trim()
    return file && stripped && !isOfTheWayDown(file, stripped) ? [{ file, text: stripped }] : []
  })
  const isSourcing = lines.some(
    ({ file, text }) => file === '/etc/network/interfaces' && /^source/.test(text),
  )
  const inOrder = lines
    .filter(({ file, text }) => !/^source/.test(text) && isRead(file, { enabled, executable, isSourcing }))
    .sort((a, b) => turnOf(a.file) - turnOf(b.file) || (a.file < b.file ? -1 : Number(a.file > b.file)))
  return withoutTakenBack(inOrder)
}

/** In the files of a unit an empty `ExecStartPost=` takes back all that stand before it. */
function withoutTakenBack(lines: BootLine[]): BootLine[] {
  const takenBack = new Set<string>()
  const kept = lines.toReversed().filter(({ file, text }) => {
    const [, name, value] = /^(Exec\w+)\s*=\s*(.*)$/.exec(text) ?? []
    const list = `${unitOf(file)} ${name}`
    if (name && value === '') takenBack.add(list)
    return !name || !takenBack.has(list)
  })
  return kept.reverse()
}

const unitOf = (file: string): string => file.replace(/\.d\/[^/]*$/, '')

/** What runs when the network or a unit stops, or when a unit is told to read its files again. */
const isOfTheWayDown = (file: string, text: string): boolean =>
  file.startsWith('/etc/network/interfaces')
    ? /^(pre-|post-)?down\s/.test(text)
    : file.startsWith('/etc/systemd/') && /^Exec(Stop|StopPost|Reload)\s*=/.test(text)

const turnOf = (file: string): number => turns.findIndex((turn) => turn.test(file))

interface Readers {
  enabled: string[]
  executable: string[]
  isSourcing: boolean
}

function isRead(file: string, { enabled, executable, isSourcing }: Readers): boolean {
  const name = file.split('/').pop() as string
  if (file.startsWith('/etc/network/interfaces.d/')) return isSourcing
  // Those of if-down.d and if-post-down.d have no turn.
  if (/^\/etc\/network\/if-|^\/etc\/rc\.local$/.test(file))
    return turnOf(file) >= 0 && executable.includes(file)
  // A drop-in has its unit's luck; the units that a server has anyway are enabled.
  if (/^\/etc\/systemd\/system\/[^/]+$/.test(file)) return enabled.includes(name)
  return turnOf(file) >= 0
}
