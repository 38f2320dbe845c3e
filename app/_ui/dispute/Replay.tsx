/**
 * A terminal of the submission and the counters of its machine, on one clock with one scrubber. What is seen is what the learner's screen showed and
 * what the live map would have shown at that moment, whether they might see it or not.
 */
'use client'
import { useMemo, useState } from 'react'
import { disputeText } from '#/app/_text/en/people/dispute.ts'
import type { StageId } from '#/labs/stages.ts'
import type { CountersSecond } from '#/sandbox/counters/schema.ts'
import type { RecordingInfo } from '#/sandbox/protocol/requests.ts'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { Choice } from '../form/Field.tsx'
import { LiveMap } from '../map/LiveMap.tsx'
import { mapView } from '../map/model.ts'
import { WorldPlot } from '../workbench/WorldPlot.tsx'
import { Controls } from './Controls.tsx'
import { ReplayScreen } from './ReplayScreen.tsx'
import { marksOf, nextOutput, type Recorded } from './recording.ts'
import { timelineOf, windowAt, worldAt } from './timeline.ts'
import { usePlayer } from './usePlayer.ts'
import { useRecorded } from './useRecorded.ts'

const text = disputeText.replay

export function Replay({ submission, recordings }: { submission: string; recordings: RecordingInfo[] }) {
  const [name, setName] = useState(longest(recordings).name)
  const chosen = recordings.find((one) => one.name === name) ?? longest(recordings)
  const loaded = useRecorded(submission, chosen.name, chosen.generation)
  return (
    <div className="mt-4 space-y-4">
      <div className="flex flex-wrap items-end gap-x-5 gap-y-3">
        {recordings.length > 1 && (
          <Choice
            label={text.which}
            className="w-64"
            value={chosen.name}
            onChange={(event) => setName(event.currentTarget.value)}
          >
            {recordings.map(({ name, terminal, generation }) => (
              <option key={name} value={name}>
                {text.terminal(terminal, generation)}
              </option>
            ))}
          </Choice>
        )}
        <a
          href={`/api/submissions/${submission}/recordings/${chosen.name}`}
          download
          className="link py-1.5 text-sm"
        >
          {text.download}
        </a>
      </div>
      {loaded.at === 'loading' && (
        <p role="status" className="text-sm text-muted">
          {text.loading}
        </p>
      )}
      {loaded.at === 'problem' && <ProblemNote problem={loaded.problem} />}
      {loaded.at === 'ready' && <Played key={chosen.name} {...loaded} />}
    </div>
  )
}

function Played({ recorded, counters }: { recorded: Recorded; counters: CountersSecond[] }) {
  const timeline = useMemo(() => timelineOf(recorded, counters), [recorded, counters])
  const marks = useMemo(() => marksOf(recorded), [recorded])
  const player = usePlayer(timeline)
  const [asText, setAsText] = useState(false)
  const since = player.t - recorded.startedAt
  const next = nextOutput(recorded, since)
  return (
    <div className="space-y-4">
      <Controls
        player={player}
        timeline={timeline}
        marks={marks.map(({ ms, name }) => ({ t: recorded.startedAt + ms, name }))}
        next={next === null ? null : recorded.startedAt + next}
        asText={asText}
        onText={() => setAsText(!asText)}
      />
      <ReplayScreen recorded={recorded} ms={since} asText={asText} />
      <Counted counters={counters} t={player.t} />
    </div>
  )
}

function Counted({ counters, t }: { counters: CountersSecond[]; t: number }) {
  const [selected, setSelected] = useState<StageId | null>(null)
  // The map shows whole seconds: between two of them nothing is computed.
  const second = Math.floor(t / 1000) * 1000 + 999
  const view = useMemo(() => mapView(windowAt(counters, second)), [counters, second])
  const world = useMemo(() => worldAt(counters, second), [counters, second])
  if (counters.length === 0) return <p className="text-sm text-muted">{text.noCounters}</p>
  return (
    <div className="border-y border-rule">
      {view ? (
        <LiveMap view={view} selected={selected} stale={null} title={text.map} onSelect={setSelected} />
      ) : (
        <p className="p-4 text-sm text-muted">{text.noCountersYet}</p>
      )}
      <div className="flex h-56">
        <WorldPlot seconds={world} offline={false} asleep={false} title={text.world} />
      </div>
    </div>
  )
}

/** Where most was done. @param recordings at least one */
const longest = (recordings: RecordingInfo[]): RecordingInfo =>
  recordings.reduce((most, one) => (one.bytes > most.bytes ? one : most))
