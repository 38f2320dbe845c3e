/**
 * The folder of recordings: one folder a sandbox, one file a shell and one of counters, kept for so many days after the last of it was written, more of
 * them where it was handed in, in the end removed whole with whatever else lies there. Knows no terminal and no counter.
 */
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { countersFile } from '../counters/store.ts'
import type { RecordingInfo } from '../protocol/requests.ts'
import { type Budget, Recording, type RecordingOptions } from './recording.ts'

const mostBytesOfTerminal = 8 << 20
const mostBytesOfSandbox = 32 << 20
/** Who opens shell after shell gets no file for each. */
const leastBytes = 2048
const namePattern = /^(\d+)-(\d+)\.cast$/
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const dayMs = 86_400_000
/** Lies in the folder of what was handed in. */
const marker = 'handed-in'

/** Where everything that is recorded of a sandbox lies. */
export const recordingsFolder = (home: string, sandbox: string): string =>
  path.join(home, 'recordings', sandbox)

export interface RecordingsOptions {
  /** The installation's state folder. */
  home: string
  /** How long they are kept; 0: no shell is recorded, and what else is recorded goes after the sandbox. */
  days: number
  /** How long those are kept that were handed in, where any are kept. */
  submissionDays: number
  /** For tests: smaller bounds. */
  mostBytesOfTerminal?: number
  mostBytesOfSandbox?: number
}

/** Where the recordings of one machine go. */
export interface Recorder {
  /** Null when there is no room for another one. */
  open(
    terminal: number,
    options: Pick<RecordingOptions, 'title' | 'size' | 'onWritten' | 'onStopped'>,
  ): Promise<Recording | null>
}

export class Recordings {
  readonly days: number
  readonly #folder: string
  readonly #options: RecordingsOptions
  /** Of sandboxes that are recorded now. */
  readonly #budgets = new Map<string, Promise<Budget>>()

  constructor(options: RecordingsOptions) {
    this.days = options.days
    this.#options = options
    this.#folder = recordingsFolder(options.home, '')
  }

  /** Null when nothing is recorded. */
  recorder(sandbox: string, generation: number): Recorder | null {
    if (this.days === 0) return null
    return {
      open: async (terminal, options) => {
        const name = `${generation}-${terminal}.cast`
        const budget = await this.#budgetOf(sandbox)
        if (budget.left < leastBytes && !(await this.file(sandbox, name))) return null
        const mostBytes = this.#options.mostBytesOfTerminal ?? mostBytesOfTerminal
        return Recording.open({
          ...options,
          file: path.join(this.folderOf(sandbox), name),
          budget,
          mostBytes,
        })
      },
    }
  }

  /** The folder of a sandbox, whether or not it is there. */
  folderOf(sandbox: string): string {
    if (!idPattern.test(sandbox)) throw new Error(`${sandbox} is no sandbox's id`)
    return recordingsFolder(this.#options.home, sandbox)
  }

  /** Oldest machine first. */
  async list(sandbox: string): Promise<RecordingInfo[]> {
    if (!idPattern.test(sandbox)) return []
    const folder = this.folderOf(sandbox)
    const names = await readdir(folder).catch(() => [])
    const found = await Promise.all(names.map((name) => this.#describe(folder, name)))
    return found
      .filter((one) => one !== null)
      .sort((a, b) => a.generation - b.generation || a.terminal - b.terminal)
  }

  /** The file of a recording; null when there is none of this name. */
  async file(sandbox: string, name: string): Promise<string | null> {
    if (!idPattern.test(sandbox) || !namePattern.test(name)) return null
    const file = path.join(this.folderOf(sandbox), name)
    const found = await stat(file).catch(() => null)
    return found?.isFile() ? file : null
  }

  /** The file of what its machines counted; null when nobody ever watched. */
  async counters(sandbox: string): Promise<string | null> {
    if (!idPattern.test(sandbox)) return null
    const file = countersFile(this.folderOf(sandbox))
    const found = await stat(file).catch(() => null)
    return found?.isFile() ? file : null
  }

  /** Removes what is over its time, recordings and counters; what `live` has is kept. */
  async sweep(live: Pick<ReadonlySet<string>, 'has'>): Promise<void> {
    for (const sandbox of await readdir(this.#folder).catch(() => [])) {
      if (live.has(sandbox)) continue
      this.#budgets.delete(sandbox)
      const folder = path.join(this.#folder, sandbox)
      const isOver = Date.now() - (await newest(folder)) >= (await this.#daysOf(folder)) * dayMs
      if (isOver && !live.has(sandbox)) await rm(folder, { recursive: true, force: true })
    }
  }

  /** What was recorded of this sandbox is somebody's graded work: it is kept for longer. Twice is once; where nothing was recorded it is nothing. */
  async keep(sandbox: string): Promise<void> {
    if (!idPattern.test(sandbox)) return
    await writeFile(path.join(this.folderOf(sandbox), marker), '').catch((error) => {
      if (error.code !== 'ENOENT') throw error
    })
  }

  async #daysOf(folder: string): Promise<number> {
    if (this.days === 0) return 0
    const isHandedIn = await stat(path.join(folder, marker)).then(
      () => true,
      () => false,
    )
    return isHandedIn ? Math.max(this.days, this.#options.submissionDays) : this.days
  }

  /** Removes all that was recorded of a sandbox that is no more. Twice is once. */
  async remove(sandbox: string): Promise<void> {
    if (!idPattern.test(sandbox)) return
    this.#budgets.delete(sandbox)
    await rm(this.folderOf(sandbox), { recursive: true, force: true })
  }

  #budgetOf(sandbox: string): Promise<Budget> {
    const known = this.#budgets.get(sandbox)
    if (known) return known
    const most = this.#options.mostBytesOfSandbox ?? mostBytesOfSandbox
    const budget = this.list(sandbox).then((all) => ({
      left: most - all.reduce((sum, { bytes }) => sum + bytes, 0),
    }))
    this.#budgets.set(sandbox, budget)
    return budget
  }

  async #describe(folder: string, name: string): Promise<RecordingInfo | null> {
    const [, generation, terminal] = namePattern.exec(name) ?? []
    const found = await stat(path.join(folder, name)).catch(() => null)
    if (!found?.isFile() || !generation || !terminal) return null
    return {
      name,
      generation: Number(generation),
      terminal: Number(terminal),
      bytes: found.size,
      changedAt: found.mtime.toISOString(),
    }
  }
}

/** When anything in the folder was last written. */
async function newest(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  const times = await Promise.all(
    [folder, ...names.map((name) => path.join(folder, name))].map((one) =>
      stat(one).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  )
  return Math.max(...times)
}
