/**
 * How a learner worked, read from the history file of the guest's shells (image/guest/rootfs/root/.bashrc writes it). Everything in it is
 * hostile: root writes what they please. It is shown and never judged, so that it cannot be had is no error. Knows no lab and no link.
 */
import type { Guest } from '../grader/guest.ts'
import { lineBreak } from '../labs/shell-line.ts'
import { longestLine, mostCommands, type Work } from '../labs/work.ts'

/** Usually some ten milliseconds; a busy host that emulates may want a hundred times that. */
const timeoutMs = 5_000

/**
 * The guest's time, and the file's end: two whole pieces and what follows them; `more` says that there was something before. With builtins alone:
 * they start nothing, and nobody can have taken them away. A pipe or a device in the file's place is not opened: it could be waited for.
 */
const script = `
LC_ALL=C
if [[ -f ~/.bash_history ]]; then
  while IFS= read -rN 65536 piece; do more=\${before:+more} before=$last last=$piece; done <~/.bash_history
fi 2>/dev/null
printf '%s %s\\n%s' "$EPOCHSECONDS" "$more" "$before$last$piece"
`

/** Null when it cannot be had, whatever the reason: a check goes on without it. `asked`: when the machine was asked for, in ms. */
export async function readWork(guest: Guest, asked: number): Promise<Work | null> {
  const run = await guest.run(script, { timeoutMs }).catch(() => null)
  return run?.exitCode === 0 ? parseHistory(run.stdout, (Date.now() - asked) / 1000) : null
}

/** `age`: of the machine, in seconds. Times count back from the guest's own now, so its clock may be any. */
export function parseHistory(text: string, age: number): Work | null {
  const [, now, more, history = ''] = /^(\d{1,12}) (more)?\n(.*)$/s.exec(text) ?? []
  if (now === undefined) return null
  const start = Number(now) - age
  const commands = inOrder(entries(history, more !== undefined))
    .map(({ time, lines }) => ({ at: secondsSince(start, time, age), line: shown(lines) }))
    .filter(({ line }) => line !== '')
  return {
    commands: commands.slice(-mostCommands),
    older: more !== undefined || commands.length > mostCommands,
  }
}

interface Entry {
  /** By the guest's clock. */
  time: number | null
  lines: string[]
}

/** Digits after a # are a time and begin a command, which may have several lines; where no times were written, each line is one. */
function entries(history: string, cut: boolean): Entry[] {
  const found: Entry[] = []
  let timed: Entry | null = null
  for (const line of history.split('\n')) {
    const time = /^#(\d{1,12})$/.exec(line)?.[1]
    if (time !== undefined) {
      timed = { time: Number(time), lines: [] }
      found.push(timed)
    } else if (timed) timed.lines.push(line)
    // The rest of a command whose beginning is cut off is none.
    else if (!cut) found.push({ time: null, lines: [line] })
  }
  return found
}

/** Each shell writes when it can, so times may go back. What has none stays behind what it stood behind. */
function inOrder(found: Entry[]): Entry[] {
  let latest = 0
  const keyed = found.map((entry) => {
    latest = entry.time ?? latest
    return { entry, key: latest }
  })
  return keyed.sort((a, b) => a.key - b.key).map(({ entry }) => entry)
}

/** Null for what would be before the machine or still to come. Two clocks that tell whole seconds may differ by one. */
function secondsSince(start: number, time: number | null, age: number): number | null {
  if (time === null) return null
  const at = Math.round(time - start)
  return at >= -1 && at <= age + 1 ? Math.max(0, at) : null
}

/** One line that can be shown anywhere: nothing that moves a cursor, turns the direction of writing or cannot be seen. */
function shown(lines: string[]): string {
  const line = lines
    .map((one) =>
      one
        .slice(0, 2 * longestLine)
        .replace(/\t/g, ' ')
        .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '�')
        .trim(),
    )
    .filter((one) => one !== '')
    .slice(0, longestLine)
    .join(` ${lineBreak} `)
  return line.length <= longestLine
    ? line
    : `${line.slice(0, longestLine - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
