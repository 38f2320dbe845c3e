/**
 * Which programs a line runs that somebody typed into a shell. No shell: it knows quotes, pipes, substitutions, and the programs that only run
 * another one; what else there is it takes for words. The line may be anything; reading it takes time in proportion to its length, a few times
 * over. Knows no tool of the course.
 */

/** A program by its bare name, then its words, without quotes and redirected output. */
export type Command = [program: string, ...words: string[]]
/** What one writes into the next. */
export type Pipeline = Command[]

/** Stands between the lines of a command that was typed over several. */
export const lineBreak = '↵'

export const pipelines = (line: string): Pipeline[] => read(line).pipelines

/** The files that the line writes into, as they are spelled: by `>` and its like, not by what its programs do. */
export const writtenBy = (line: string): string[] => read(line).written

interface Line {
  pipelines: Pipeline[]
  written: string[]
}

function read(line: string): Line {
  const { outer, inner } = substitutions(line)
  const { words, written } = split(outer)
  const found: Line = { pipelines: [], written }
  const add = (one: Line) => {
    found.pipelines.push(...one.pipelines)
    found.written.push(...one.written)
  }
  for (const pipeline of words) {
    const { commands, lines } = peeled(pipeline)
    if (commands.length > 0) found.pipelines.push(commands)
    lines.map(read).forEach(add)
  }
  inner.map(read).forEach(add)
  return found
}

/** `$(…)` and backticks, each left behind as a bare `$`. */
function substitutions(line: string): { outer: string; inner: string[] } {
  const inner: string[] = []
  const outer = line.replace(/\$\(([^()]*)\)|`([^`]*)`/g, (_, modern?: string, old?: string) => {
    inner.push(modern ?? old ?? '')
    return '$'
  })
  return { outer, inner }
}

/** Quoted text, an operator, space, or the letters between. */
const tokens =
  /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|(\d*&?>>?&?|<+&?)|(\|&|\|\||&&|[|;&()↵])|(\s+)|([^\s'"\\|;&()<>↵\d]+|\d+|.)/gsu

/** The words of each command of each pipeline, and those that name what is written into. */
function split(line: string): { words: string[][][]; written: string[] } {
  const all: string[][][] = [[[]]]
  const written: string[] = []
  let word: string | null = null
  let into: string | null = null
  const endWord = () => {
    if (word === null) return
    if (into === null) all.at(-1)?.at(-1)?.push(word)
    // `2>&1` writes into what is open already.
    else if (!(into.endsWith('&') && /^(\d+|-)$/.test(word))) written.push(word)
    into = null
    word = null
  }
  for (const [, single, double, escaped, redirect, operator, space, plain] of line.matchAll(tokens)) {
    const text = single ?? double ?? escaped ?? plain
    if (text !== undefined) {
      if (word === null && plain?.startsWith('#')) break
      word = (word ?? '') + text
      continue
    }
    endWord()
    if (space !== undefined) continue
    // What is read from a file is a look at it, what is written to one is not.
    into = redirect?.includes('>') ? redirect : null
    if (operator === '|' || operator === '|&') all.at(-1)?.push([])
    else if (operator) all.push([[]])
  }
  endWord()
  return { words: all, written }
}

const keywords = new Set(
  'do then else elif if while until time ! { } sudo exec command builtin nohup setsid'.split(' '),
)
/** Programs that run another one: the options that take a word, and how many words stand before that one. */
const runners: Record<string, { takes: string; before?: number }> = {
  env: { takes: '-u' },
  ionice: { takes: '-c -n' },
  nice: { takes: '-n' },
  stdbuf: { takes: '-i -o -e' },
  taskset: { takes: '', before: 1 },
  timeout: { takes: '-s -k', before: 1 },
  watch: { takes: '-n --interval' },
  xargs: { takes: '-n -I -P -L -d' },
}

/** The pipeline with what only runs other programs taken off, and the lines that some of its programs were given to run. */
function peeled(pipeline: string[][]): { commands: Pipeline; lines: string[] } {
  const peels = pipeline.map(peel)
  return {
    commands: peels.flatMap(({ command }) => (command ? [command] : [])),
    lines: peels.flatMap(({ line }) => line ?? []),
  }
}

function peel(typed: string[]): { command: Command | null; line: string | null } {
  const words = [...typed]
  for (;;) {
    const [first] = words
    if (first === undefined) return { command: null, line: null }
    const program = first.slice(first.lastIndexOf('/') + 1)
    const runner = Object.hasOwn(runners, program) ? runners[program] : undefined
    if (/^(ba|da)?sh$/.test(program) && words[1] === '-c') return { command: null, line: words[2] ?? '' }
    if (!keywords.has(first) && !/^\w+=/.test(first) && !runner)
      return { command: [program, ...words.slice(1)], line: null }
    words.shift()
    if (!runner) continue
    while (words[0]?.startsWith('-')) if (runner.takes.split(' ').includes(words.shift() ?? '')) words.shift()
    words.splice(0, runner.before ?? 0)
    if (program === 'watch') return { command: null, line: words.join(' ') }
  }
}
