/**
 * The `tc` commands of the next boot, in the order in which they run: a script's own stand where it is called, with the plain variables that it has there. Line
 * by line; no judge of all of the shell. Pure; knows no queue.
 */
import type { BootLine } from '../reading/boot.ts'

/** What of these files may matter: commands, what calls a script, and what a script's names stand for. */
export const bootPattern = '*tc\\ * | *qdisc* | *class* | */usr/local/* | *=*'

type Names = Map<string, string>

/** Scripts of one's own count only where something calls them. */
const isOwn = (file: string): boolean => file.startsWith('/usr/local/')
/** Scripts that call each other many times over would keep the judge busy for hours. */
const mostCalls = 100
/** `A=$A$A` grows without end, too. */
const longestValue = 1_000

/** The words behind `tc` of each command. A file for `tc -batch` has none before them. */
export function commandsOf(lines: BootLine[]): string[][] {
  const scripts = new Map<string, string[]>()
  for (const { file, text } of lines) {
    if (!isOwn(file)) continue
    const script = scripts.get(file)
    if (script) script.push(text)
    else scripts.set(file, [text])
  }
  let calls = 0

  const run = (text: string, names: Names, callers: string[]): string[][] =>
    text.split(/&&|\|\||;/).flatMap((part) => {
      const plain = named(part, names)
      const [, name, ...values] = assignment.exec(plain) ?? []
      // To a unit its commands are values, too.
      if (name && !name.startsWith('Exec')) {
        const value = values.find((one) => one !== undefined) ?? ''
        if (value.length <= longestValue) names.set(name, value)
        return []
      }
      const command = tcCommand.exec(plain)
      if (command)
        return [
          (command[1] ?? command[2] ?? '')
            .replaceAll(/["'()`]/g, '')
            .trim()
            .split(/\s+/),
        ]
      return asksOnly.test(plain) ? [] : called(plain, names, callers)
    })

  const called = (plain: string, names: Names, callers: string[]): string[][] => {
    const words = plain.split(/[\s=&|"'@!()`]+/).map((word) => word.replace(/^[-+]/, ''))
    return words.flatMap((script, i) => {
      const own = callers.includes(script) ? undefined : scripts.get(script)
      if (!own || ++calls > mostCalls) return []
      const given: [string, string][] = words.slice(i + 1).map((word, at) => [`${at + 1}`, word])
      const its = words[i - 1] === '.' ? names : new Map([...names, ...given])
      return own.flatMap((text) => run(text, its, [...callers, script]))
    })
  }

  const ofFiles = new Map<string, Names>()
  return lines.flatMap(({ file, text }) => {
    if (isOwn(file)) return []
    const names: Names = ofFiles.get(file) ?? new Map(file.startsWith('/etc/network/') ? ifupdowns : [])
    ofFiles.set(file, names)
    return run(text, names, [])
  })
}

/** What ifupdown tells whatever it runs, of the one card that there is. */
const ifupdowns: [string, string][] = [['IFACE', 'eth0']]
const assignment =
  /^\s*(?:(?:export|readonly|local)\s+|Environment=)?(\w+)=(?:"([^"]*)"|'([^']*)'|([^\s"']*))\s*$/
const tcCommand = /(?:^|[\s=/@!+("'`-])tc\s+(?:-\S+\s+)*((?:qdisc|class)\s.*)$|^\s*((?:qdisc|class)\s.*)$/
/** Whether there is such a file, not what it says. */
const asksOnly = /(^|\s)(\[|test)\s/

/** `$NAME`, `${NAME}` and `${NAME:-otherwise}`; what it does not know stays as it is. */
const named = (text: string, names: Names): string =>
  text.replace(
    /\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\})/g,
    (whole, bare, braced, otherwise) => names.get(bare ?? braced) ?? otherwise ?? whole,
  )
