/** That the shells are recorded, what of them, for how long, and where one's own recordings are. */
'use client'
import { Popover } from '@base-ui/react/popover'
import { useEffect, useState } from 'react'
import { terminalText as text } from '#/app/_text/en.ts'
import type { RecordingInfo } from '#/sandbox/protocol/requests.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { api } from '../api.ts'
import { ShapeLive } from '../control/Shape.tsx'

export function RecordingNote({ attempt, days }: { attempt: string; days: number }) {
  return (
    <Popover.Root>
      <Popover.Trigger className="terminal-recorded" title={text.recording.title}>
        <ShapeLive />
        <span className="terminal-recorded-word">{text.recording.word}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className="z-40">
          <Popover.Popup className="menu terminal-recordings">
            <Popover.Title className="font-medium">{text.recording.title}</Popover.Title>
            <Popover.Description className="mt-1 text-muted">{text.recording.body(days)}</Popover.Description>
            <Recordings attempt={attempt} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** The recordings of an attempt, each to be downloaded. */
export function Recordings({ attempt }: { attempt: string }) {
  const [all, setAll] = useState<RecordingInfo[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    void api.recordings(attempt).then((result) => {
      if (result.ok) setAll(result.value)
      else setProblem(result.problem)
    })
  }, [attempt])
  if (problem) return <p className="mt-3 text-red">{problem.message}</p>
  if (!all) return <p className="mt-3 text-muted">{text.recording.looking}</p>
  if (all.length === 0) return <p className="mt-3 text-muted">{text.recording.none}</p>
  return (
    <ul className="mt-3 divide-y divide-rule border-y border-rule">
      {all.map(({ name, generation, terminal, bytes }) => (
        <li key={name} className="flex items-baseline gap-4 py-1.5">
          <a className="link" href={api.recordingUrl(attempt, name)} download>
            {text.recording.file(terminal, generation)}
          </a>
          <span className="figures ml-auto text-muted">{text.recording.size(bytes)}</span>
        </li>
      ))}
    </ul>
  )
}
