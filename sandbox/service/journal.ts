/**
 * What visitors did at machines that are not theirs, kept on the disk until the app has taken it into its audit log: neither of the two processes has
 * to be up for the other. Each entry has an id of its own, so that taking it twice is taking it once. Knows no machine and no socket.
 */
import { randomBytes } from 'node:crypto'
import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type VisitEntry, visitEntrySchema } from '../protocol/visits.ts'

/** Answered at once; the rest comes when these are taken. */
const mostAtOnce = 200

export class Journal {
  readonly #file: string
  #entries: VisitEntry[] | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(home: string) {
    this.#file = path.join(home, 'visits.ndjson')
  }

  /** On the disk when this is done. @throws when it cannot be kept */
  add(entry: Omit<VisitEntry, 'id' | 'at'>): Promise<void> {
    const now = new Date()
    const whole: VisitEntry = { id: idAt(now), at: now.toISOString(), ...entry }
    return this.#inTurn(async (entries) => {
      await mkdir(path.dirname(this.#file), { recursive: true })
      // Behind what a crash may have left half: it must not take this one along.
      await appendFile(this.#file, `\n${JSON.stringify(whole)}\n`)
      entries.push(whole)
    })
  }

  /** The oldest. */
  first(): Promise<VisitEntry[]> {
    return this.#inTurn(async (entries) => entries.slice(0, mostAtOnce))
  }

  /** The app has these for good. */
  taken(ids: readonly string[]): Promise<void> {
    return this.#inTurn(async (entries) => {
      const left = entries.filter(({ id }) => !ids.includes(id))
      await writeFile(`${this.#file}.new`, left.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
      await rename(`${this.#file}.new`, this.#file)
      this.#entries = left
    })
  }

  /** A line that was cut off by a crash was never answered for. @throws when there is a journal that cannot be read: the next write would be its end */
  async #read(): Promise<VisitEntry[]> {
    const text = await readFile(this.#file, 'utf8').catch(emptyIfNone)
    return text.split('\n').flatMap((line) => {
      const entry = visitEntrySchema.safeParse(parsed(line))
      return entry.success ? [entry.data] : []
    })
  }

  #inTurn<T>(work: (entries: VisitEntry[]) => Promise<T>): Promise<T> {
    const mine = this.#turn.then(async () => {
      this.#entries ??= await this.#read()
      return work(this.#entries)
    })
    this.#turn = mine.catch(() => {})
    return mine
  }
}

/** A UUID of version 7: in the log it stands where its time belongs. */
function idAt(moment: Date): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(moment.getTime(), 0, 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function emptyIfNone(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return ''
  throw error
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
