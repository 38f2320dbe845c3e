/** A recording and the counters of its machine, fetched and read. Knows no clock. */
'use client'
import { useEffect, useState } from 'react'
import { disputeText } from '#/app/_text/en/people/dispute.ts'
import { troubleText } from '#/app/_text/en.ts'
import { readLines } from '#/sandbox/counters/lines.ts'
import type { CountersSecond } from '#/sandbox/counters/schema.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { type Recorded, readRecording } from './recording.ts'

export type Loaded =
  | { at: 'loading' }
  | { at: 'problem'; problem: Problem }
  | { at: 'ready'; recorded: Recorded; counters: CountersSecond[] }

export function useRecorded(submission: string, name: string, generation: number): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({ at: 'loading' })
  useEffect(() => {
    const stop = new AbortController()
    setLoaded({ at: 'loading' })
    const path = `/api/submissions/${submission}`
    Promise.all([
      textOf(`${path}/recordings/${encodeURIComponent(name)}`, stop.signal),
      // Without them the recording is shown all the same.
      textOf(`${path}/counters`, stop.signal).catch(() => ''),
    ])
      .then(([cast, lines]) => {
        const recorded = readRecording(cast)
        const counters = readLines(lines).filter((second) => second.generation === generation)
        if (stop.signal.aborted) return
        setLoaded(
          recorded
            ? { at: 'ready', recorded, counters }
            : { at: 'problem', problem: disputeText.replay.broken },
        )
      })
      .catch((error) => {
        if (!stop.signal.aborted) setLoaded({ at: 'problem', problem: problemOf(error) })
      })
    return () => stop.abort()
  }, [submission, name, generation])
  return loaded
}

class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

async function textOf(path: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(path, { signal })
  if (response.ok) return response.text()
  const answer = await response.json().catch(() => null)
  throw new Refused(answer?.problem ?? troubleText.unexpected)
}

const problemOf = (error: unknown): Problem =>
  error instanceof Refused ? error.problem : troubleText.network
