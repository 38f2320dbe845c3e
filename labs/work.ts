/**
 * How a learner worked: the commands, read for the tools among them and for the first look at a counter. Corroboration and no more: root writes
 * the history as they please, so no judge ever sees it. Knows no machine and no database.
 */
import { z } from 'zod'
import { counters } from './counters.ts'
import { lookAt } from './looks.ts'
import { type Command, pipelines } from './shell-line.ts'

export const mostCommands = 200
export const longestLine = 200

/** What the machine's shells remembered at a check, oldest first. */
export const workSchema = z.object({
  commands: z
    .array(
      z.object({
        /** Seconds since the machine was asked for; null when the history does not say, or says what cannot be. */
        at: z.number().int().nonnegative().nullable(),
        line: z.string().max(longestLine),
      }),
    )
    .max(mostCommands),
  /** There were earlier ones, which are left out. */
  older: z.boolean(),
})
export type Work = z.infer<typeof workSchema>
export type Typed = Work['commands'][number]

export interface ToolUse {
  /** A program, or a file of the kernel's that was looked into. */
  tool: string
  /** Commands with it. */
  count: number
  /** The first one's `at`. */
  first: number | null
}

const tools = new Set(
  [
    'bpftool bpftrace conntrack curl dmesg ethtool htop ip journalctl lsof nft nstat perf ping',
    'ps ss strace sysctl systemctl tc tcpdump top tracepath vmstat',
  ].flatMap((names) => names.split(' ')),
)
/** A learner uses a dozen; who invents file names by the hundred is not shown them all. */
const mostTools = 30

/** In the order of their first use. */
export function toolsUsed(commands: Typed[]): ToolUse[] {
  const uses = new Map<string, ToolUse>()
  for (const { at, line } of commands)
    for (const tool of new Set(pipelines(line).flat().flatMap(toolsOf))) {
      const use = uses.get(tool) ?? { tool, count: 0, first: at }
      uses.set(tool, { ...use, count: use.count + 1 })
    }
  return [...uses.values()].slice(0, mostTools)
}

const toolsOf = ([program, ...words]: Command): string[] => [
  ...(tools.has(program) ? [program] : []),
  ...words.filter((word) => /^\/(proc|sys)\/./.test(word)).map(fileName),
]

/** The first three names; a process is as good as another: `/proc/731/net` and `/proc/$(pgrep puma)/net` are one. */
const fileName = (path: string): string =>
  path
    .split('/')
    .slice(0, 4)
    .map((name) => (/^\d+$|[$*]/.test(name) ? '…' : name))
    .join('/')

/** The first command that showed this counter; null when none did, as far as anybody can tell. */
export function firstLook(commands: Typed[], counter: string): Typed | null {
  const known = counters.find(({ id }) => id === counter)
  const shows = known ? lookAt(known) : null
  return (shows && commands.find(({ line }) => pipelines(line).some(shows))) ?? null
}
