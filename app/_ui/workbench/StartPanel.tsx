/** Where the terminal will be: before the first start, while the machine starts, and when it is gone. */
'use client'
import { useEffect, useState } from 'react'
import { workText } from '#/app/_text/en/people/work.ts'
import { labText, seconds, terminalText } from '#/app/_text/en.ts'
import type { LabMeta } from '#/labs/schema.ts'
import type { SandboxStatus } from '#/sandbox/protocol/status.ts'
import { Button } from '../control/Button.tsx'
import { Link } from '../control/Link.tsx'
import { Objectives } from '../control/Objectives.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { ShapeOpen, ShapePass } from '../control/Shape.tsx'
import { Recordings } from '../terminal/RecordingNote.tsx'
import type { Assigned } from './assigned.ts'
import type { WorkbenchState } from './useWorkbench.ts'
import type { LabKind } from './Views.tsx'

const text = labText.start

interface Props {
  meta: LabMeta
  bench: WorkbenchState
  kind: LabKind
  assigned: Assigned | null
}

export function StartPanel({ meta, bench, kind, assigned }: Props) {
  const { situation, busy, failed, start, reset } = bench
  if (situation.kind === 'ready') return null
  if (situation.kind === 'starting' || busy === 'start' || busy === 'reset') {
    return <Frame>{<Steps status={situation.kind === 'starting' ? situation.status : null} />}</Frame>
  }
  if (situation.kind === 'dead') {
    return (
      <Frame low>
        {situation.problem && (
          <ProblemNote problem={situation.problem}>
            <Button look="primary" onClick={reset}>
              {labText.dead.reset}
            </Button>
          </ProblemNote>
        )}
      </Frame>
    )
  }
  if (situation.kind === 'unknown') {
    return (
      <Frame>
        {situation.problem ? <ProblemNote problem={situation.problem} /> : <Steps status={null} />}
      </Frame>
    )
  }
  const words = { ...text, ...(kind === 'fault' ? {} : text[kind]) }
  const problem = failed?.action === 'start' ? failed.problem : situation.problem
  return (
    <Frame>
      <h2 className="font-serif text-[1.75rem] font-medium leading-tight tracking-[-0.015em]">
        {words.title}
      </h2>
      <p className="mt-3 max-w-[34rem] text-muted">{words.body(meta.minutes)}</p>
      {assigned && <p className="mt-3 max-w-[34rem]">{assigned.note}</p>}
      {kind !== 'playground' && (
        <>
          <p className="mt-5 text-sm text-muted">{text.learn}</p>
          <Objectives list={meta.objectives} className="mt-1 text-sm" />
        </>
      )}
      {problem && <ProblemNote problem={problem} className="mt-6" />}
      {situation.ended && !problem && <p className="mt-6 text-sm">{text.ended}</p>}
      <Button look="primary" className="mt-6" onClick={start}>
        {problem || situation.ended ? text.again : words.start}
      </Button>
      {assigned && (
        <p className="mt-4 text-sm">
          <Link href={assigned.back} className="link">
            {workText.bench.back(assigned.title)}
          </Link>
        </p>
      )}
      {bench.attempt && (
        <section className="mt-10 text-sm">
          <h3 className="font-medium">{terminalText.recording.list}</h3>
          <p className="mt-1 text-muted">{terminalText.recording.how}</p>
          <Recordings attempt={bench.attempt.id} />
        </section>
      )}
    </Frame>
  )
}

/** `low`: at the foot, so that the last screen of the machine stays to be read. */
const Frame = ({ children, low = false }: { children: React.ReactNode; low?: boolean }) => (
  <div className={low ? 'bench-start bench-start-low' : 'bench-start'}>
    <div className="mx-auto w-full max-w-[38rem]">{children}</div>
  </div>
)

/** The real steps with their times; the one under way counts up. */
function Steps({ status }: { status: SandboxStatus | null }) {
  const steps = status?.steps ?? []
  const under = steps.find((step) => step.ms === null)?.id ?? `none-${steps.length}`
  return (
    // A status is read as a whole unless it says otherwise: with every step all that went before.
    <div role="status" aria-atomic={false} aria-label={text.steps}>
      <h2 className="font-serif text-[1.75rem] font-medium leading-tight tracking-[-0.015em]">
        {text.starting}
      </h2>
      <ol className="mt-5 divide-y divide-rule border-y border-rule text-sm">
        {steps.length === 0 && <Step title={text.asking} ms={null} />}
        {steps.map(({ id, title, ms }) => (
          <Step key={id} title={title} ms={ms} running={id === under} />
        ))}
      </ol>
    </div>
  )
}

const Step = ({ title, ms, running = true }: { title: string; ms: number | null; running?: boolean }) => (
  <li className="flex items-center gap-3 py-2.5">
    {ms === null ? <ShapeOpen className="text-amber-text" /> : <ShapePass className="text-green" />}
    <span>{title}</span>
    <span className="figures ml-auto font-mono text-[0.8125rem] text-muted">
      {ms === null ? running && <Counting /> : seconds(ms)}
    </span>
  </li>
)

function Counting() {
  const [ms, setMs] = useState(0)
  useEffect(() => {
    const from = performance.now()
    const timer = setInterval(() => setMs(performance.now() - from), 100)
    return () => clearInterval(timer)
  }, [])
  return <span aria-hidden="true">{(ms / 1000).toFixed(1)} s</span>
}
