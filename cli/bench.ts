/**
 * `ringside bench NAME`: measures one family of figures and prints it beside goal and reference. Knows no measurement; each file in bench/
 * is one.
 */
import type { Command } from 'commander'
import type { BenchOptions, Report } from './bench/figures.ts'
import { parseCount, runs } from './command.ts'
import { type ExitCode, print, printJson, say, table } from './output.ts'

interface Options {
  lab?: string
  count?: number
  machines?: number
  seed?: number
  write?: boolean
  json?: boolean
}

type Bench = (options: BenchOptions) => Promise<Report>

interface Entry {
  description: string
  load: () => Promise<Bench>
  /** Options that only this one takes. */
  options?: (command: Command) => void
}

const benches: Record<string, Entry> = {
  start: {
    description: 'cold starts and starts from the pool against a bare `docker run --rm IMAGE true`',
    load: async () => (await import('./bench/start.ts')).benchStart,
  },
  storm: {
    description: 'forty starts asked for at once, cold and from a full pool',
    load: async () => (await import('./bench/storm.ts')).benchStorm,
  },
  density: {
    description: 'memory and processor of live sandboxes with their background traffic',
    load: async () => (await import('./bench/density.ts')).benchDensity,
  },
  echo: {
    description: 'keystroke to screen through the gateway, and a flood of output',
    load: async () => (await import('./bench/echo.ts')).benchEcho,
  },
  sleep: {
    description: 'machines that sleep: memory, processor, how soon they wake, work beside them',
    load: async () => (await import('./bench/sleep.ts')).benchSleep,
  },
  check: {
    description: 'from pressing Check to the verdict',
    load: async () => (await import('./bench/check.ts')).benchCheck,
  },
  rewind: {
    description: 'a moment saved and gone back to, against a new machine with its before-figures',
    load: async () => (await import('./bench/rewind.ts')).benchRewind,
  },
  labs: {
    description: 'start, cold and from the pool, and check of every lab',
    load: async () => (await import('./bench/every-lab.ts')).benchLabs,
  },
  counters: {
    description: 'what a watched machine costs beside the same one unwatched',
    load: async () => (await import('./bench/counters.ts')).benchCounters,
  },
  chaos: {
    description:
      'kill -9 of service, gateway, QEMU, world and agent at random: what becomes of each machine (--count kills)',
    load: async () => (await import('./bench/chaos.ts')).benchChaos,
    options: (command) =>
      command
        .option('--machines <n>', 'over how many machines', parseCount)
        .option('--seed <n>', 'whence the chance comes', parseCount),
  },
  walls: {
    description: 'a fork bomb, a memory hog and worse in one machine: echo and HTTP of the one beside it',
    load: async () => (await import('./bench/walls.ts')).benchWalls,
  },
  gradebook: {
    description: 'the gradebook of a large cohort: open, page, filter, CSV (--count learners)',
    load: async () => (await import('./bench/gradebook.ts')).benchGradebook,
  },
  map: {
    description: 'the live map beside a running machine: processor and frames of a browser that shows it',
    load: async () => (await import('./bench/map.ts')).benchMap,
  },
  dev: {
    description:
      'from saving a chapter or a ticket to its new text on an open page of `npm run dev` (--count saves)',
    load: async () => (await import('./bench/dev.ts')).benchDev,
  },
  lighthouse: {
    description:
      'Lighthouse over home, a chapter and a lab page; npx fetches it for the run (--count runs of each)',
    load: async () => (await import('./bench/lighthouse.ts')).benchLighthouse,
  },
  room: {
    description:
      'a workshop room of sixty clients: from a deed to its tile, what server and wall cost (--count learners)',
    load: async () => (await import('./bench/room.ts')).benchRoom,
  },
  web: {
    description: 'a chapter page in a real browser, against a bare page',
    load: async () => (await import('./bench/web.ts')).benchWeb,
  },
}

export function addBench(bench: Command): void {
  for (const [name, { description, load, options: more }] of Object.entries(benches)) {
    const command = bench
      .command(name)
      .description(description)
      .option('--lab <id>', 'the lab to measure with (the first of the catalogue when left out)')
      .option('--count <n>', 'how often, or how many', parseCount)
      .option('--write', 'put the figures into docs/performance.md')
    more?.(command)
    runs<Options, []>(command, (options) => measure(load, options))
  }
}

/** Exit code 1: measured, and a goal was missed. */
async function measure(load: () => Promise<Bench>, options: Options): Promise<ExitCode> {
  const bench = await load()
  const report = await bench(options as BenchOptions)
  const { cells, writeToPage } = await import('./bench/page.ts')
  const { allMet } = await import('./bench/figures.ts')
  if (options.write) {
    writeToPage(report)
    say('Written to docs/performance.md')
  }
  if (options.json) printJson(report)
  else {
    const head = ['figure', 'value', 'reference', 'ratio', 'goal', 'met']
    print(`${report.machine}\n${table([head, ...report.figures.map((one) => cells(one).map(plain))])}`)
  }
  return allMet(report) ? 0 : 1
}

const plain = (cell: string): string => cell.replaceAll(/[`*]/g, '')
