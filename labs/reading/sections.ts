/**
 * How a lab asks the guest for many things in one script, and takes the answer apart. Under emulation each process costs 30 to 60 ms, so
 * files are read by the shell itself. Knows no lab.
 */

/** Shell functions for the head of a script: `show NAME FILE` prints a file under a name, `part NAME` begins what a command prints. */
export const shellReaders = `
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8
unset LD_PRELOAD LD_LIBRARY_PATH
part() { printf '@@ %s\\n' "$1"; }
show() {
  part "$1"
  if [ -r "$2" ]; then while IFS= read -r line || [ -n "$line" ]; do printf '%s\\n' "$line"; done <"$2"; fi
}
`

export type Sections = Record<string, string>

export function sectionsOf(output: string): Sections {
  const sections: Sections = Object.create(null)
  for (const part of output.split(/^@@ /m).slice(1)) {
    const end = part.indexOf('\n')
    const name = end < 0 ? part : part.slice(0, end)
    sections[name] = end < 0 ? '' : part.slice(end + 1).trimEnd()
  }
  return sections
}

/** A section that is one whole number; null when it is missing or something else. */
export function numberIn(sections: Sections, name: string): number | null {
  const text = sections[name]?.trim() ?? ''
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}
