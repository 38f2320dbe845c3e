/**
 * The workbench: ticket, diagnosis and verdict at the left, the terminal large, the instrument below it, one line of status. Lays out the parts
 * and passes events between them; what they mean is in useWorkbench.ts.
 */
'use client'
import { PanelBottom, PanelLeft } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { HintsSeen } from '#/app/_server/lab-page.ts'
import { labText, momentsText } from '#/app/_text/en.ts'
import type { AttemptView, VerdictView } from '#/classroom/types.ts'
import type { Given, LabMeta, Question } from '#/labs/schema.ts'
import type { SandboxStatus } from '#/sandbox/protocol/status.ts'
import { Ask } from '../control/Ask.tsx'
import { Button, IconButton } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { useLater } from '../control/useLater.ts'
import { OtherLab } from '../looking/OtherLab.tsx'
import { VisitNote } from '../looking/VisitNote.tsx'
import type { StageGuide } from '../map/guide.ts'
import type { Assigned } from './assigned.ts'
import { Confirm } from './Confirm.tsx'
import type { CounterChoice } from './CounterField.tsx'
import { Deadline } from './Deadline.tsx'
import { Diagnosis } from './Diagnosis.tsx'
import { AskHandIn, HandInButton, useHandIn } from './HandIn.tsx'
import { Instrument } from './Instrument.tsx'
import { MomentsMenu } from './MomentsMenu.tsx'
import { fitPanes, type Panes, rememberPanes, sideRange, worldRange } from './panes.ts'
import { QuestionSheet } from './QuestionSheet.tsx'
import { Splitter } from './Splitter.tsx'
import { StartPanel } from './StartPanel.tsx'
import { StatusLine } from './StatusLine.tsx'
import { Ticket } from './Ticket.tsx'
import { useFocusHatch } from './useFocusHatch.ts'
import { useLeaveGuard } from './useLeaveGuard.ts'
import { useWorkbench } from './useWorkbench.ts'
import { Verdicts } from './Verdicts.tsx'
import { isSide, type SideView, type View, Views } from './Views.tsx'

const loadTerminals = () => import('../terminal/TerminalPanel.tsx').then((part) => part.TerminalPanel)

export interface WorkbenchProps {
  meta: LabMeta
  ticket: string
  hints: HintsSeen
  /** Markdown; null before the lab is passed. */
  debrief: string | null
  stages: readonly { id: string; name: string }[]
  counters: CounterChoice[]
  /** What the course has for each stage, for the live map. */
  guide: readonly StageGuide[]
  /** Instead of a diagnosis, where nothing is broken. */
  questions: Question[] | null
  /** Whether there is anything to hand in. */
  graded: boolean
  attempt: AttemptView | null
  verdicts: VerdictView[]
  panes: Panes
  /** Which assignment this is work on; none: practice. */
  assigned?: Assigned | null
}

export function Workbench({
  meta,
  ticket,
  hints,
  debrief,
  stages,
  counters,
  guide,
  questions,
  graded,
  attempt,
  verdicts,
  panes: remembered,
  assigned = null,
}: WorkbenchProps) {
  const bench = useWorkbench({ lab: meta.id, attempt, verdicts, debrief, assigned })
  const [panes, setPanes] = useState(remembered)
  const [side, setSide] = useState<SideView>('ticket')
  const [view, setView] = useState<View>('ticket')
  const kind = graded ? (questions ? 'sound' : 'fault') : 'playground'
  const [asking, setAsking] = useState<'reset' | 'end' | null>(null)
  const root = useRef<HTMLElement>(null)
  const { situation, busy, failed } = bench
  const hasMachine = situation.kind === 'ready' || situation.kind === 'dead' || situation.kind === 'starting'
  const showTerminal = useOnceReady(bench.attempt?.id ?? null, situation.kind === 'ready') && hasMachine
  // While the machine starts: its script is there before the first prompt.
  const TerminalPanel = useLater(loadTerminals, hasMachine)
  const leaving = useLeaveGuard(situation.kind === 'ready')
  useFocusHatch(root)

  const change = (next: Partial<Panes>, remember = true) => {
    const fitted = fitPanes({ ...panes, ...next })
    setPanes(fitted)
    if (remember) rememberPanes(fitted)
  }
  const select = useCallback((next: View) => {
    setView(next)
    if (isSide(next)) setSide(next)
  }, [])
  const handing = useHandIn({ bench, assigned, questions, onWrong: () => select('diagnosis') })
  async function check(answers: Given | null) {
    if (await bench.check(answers)) select('verdict')
  }
  useEffect(() => {
    if (busy === 'start') setView('terminal')
  }, [busy])

  return (
    <main
      id="content"
      ref={root}
      className="bench"
      data-view={view}
      data-side-shut={panes.sideShut || undefined}
      data-world-shut={panes.worldShut || undefined}
      style={{ '--side': `${panes.side}px`, '--world': `${panes.world}px` } as React.CSSProperties}
    >
      <div className="bench-top">
        <div className="bench-bar">
          <Views side={side} view={view} kind={kind} onSelect={select} />
          <div className="bench-actions">
            <IconButton
              className="wide-only"
              label={panes.sideShut ? labText.panes.showSide : labText.panes.hideSide}
              aria-pressed={!panes.sideShut}
              onClick={() => change({ sideShut: !panes.sideShut })}
            >
              <PanelLeft />
            </IconButton>
            <IconButton
              className="wide-only"
              label={panes.worldShut ? labText.panes.showWorld : labText.panes.hideWorld}
              aria-pressed={!panes.worldShut}
              onClick={() => change({ worldShut: !panes.worldShut })}
            >
              <PanelBottom />
            </IconButton>
            {situation.kind === 'ready' && situation.status.rewind.allowed && assigned?.rewind !== false && (
              <MomentsMenu
                key={situation.status.generation}
                attempt={situation.status.id}
                rewind={situation.status.rewind}
                waiting={waitingFor(situation.status)}
              />
            )}
            <Button
              look="quiet"
              disabled={!hasMachine}
              busy={busy === 'reset'}
              onClick={() => setAsking('reset')}
            >
              {labText.actions.reset}
            </Button>
            {assigned ? (
              // It needs no answer of the service: what is handed in waits for its check.
              <HandInButton handing={handing} disabled={!hasMachine && situation.kind !== 'unknown'} />
            ) : (
              <Button
                look="quiet"
                disabled={!hasMachine}
                busy={busy === 'end'}
                onClick={() => setAsking('end')}
              >
                {labText.actions.end}
              </Button>
            )}
          </div>
        </div>
        <VisitNote visits={bench.visits} say={bench.say} />
        <OtherLab here={meta.id} now={bench.status?.lab ?? meta.id} />
      </div>
      <div className="bench-side">
        <div
          role="tabpanel"
          id="pane-ticket"
          aria-labelledby="view-ticket"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a guide has nothing that takes the focus, and is longer than its pane
          tabIndex={0}
          hidden={side !== 'ticket'}
        >
          <Ticket lab={meta.id} title={meta.title} ticket={ticket} hints={hints} />
        </div>
        <div
          role="tabpanel"
          id="pane-diagnosis"
          aria-labelledby="view-diagnosis"
          hidden={side !== 'diagnosis'}
        >
          {questions ? (
            <QuestionSheet bench={bench} questions={questions} onCheck={check} />
          ) : (
            <Diagnosis bench={bench} stages={stages} counters={counters} onCheck={check} />
          )}
        </div>
        <div role="tabpanel" id="pane-verdict" aria-labelledby="view-verdict" hidden={side !== 'verdict'}>
          <Verdicts
            verdicts={bench.verdicts}
            attempt={bench.attempt?.id}
            generation={bench.generation}
            debrief={bench.debrief}
          />
        </div>
      </div>
      <Splitter
        label={labText.panes.side}
        axis="x"
        value={panes.side}
        range={sideRange}
        direction={1}
        onChange={(value, done) => change({ side: value }, done)}
        onFold={() => change({ sideShut: true })}
      />
      <div role="tabpanel" id="pane-terminal" aria-label={labText.views.terminal} className="bench-terminal">
        {(failed?.action === 'reset' || failed?.action === 'end' || failed?.action === 'extend') && (
          <ProblemNote problem={failed.problem} className="m-4">
            <Button onClick={bench.dismiss}>{labText.dismiss}</Button>
          </ProblemNote>
        )}
        {handing.problem && (
          <ProblemNote problem={handing.problem} className="m-4">
            <Button onClick={handing.dismiss}>{labText.dismiss}</Button>
          </ProblemNote>
        )}
        {TerminalPanel && showTerminal && bench.attempt && (
          <TerminalPanel
            key={bench.attempt.id}
            attempt={bench.attempt.id}
            terminals={bench.terminals}
            readyGeneration={situation.kind === 'ready' ? situation.status.generation : null}
            reachable={bench.connection === 'live'}
          />
        )}
        <StartPanel meta={meta} bench={bench} kind={kind} assigned={assigned} />
      </div>
      <Splitter
        label={labText.panes.world}
        axis="y"
        value={panes.world}
        range={worldRange}
        direction={-1}
        onChange={(value, done) => change({ world: value }, done)}
        onFold={() => change({ worldShut: true })}
      />
      <div role="tabpanel" id="pane-world" aria-label={labText.views.world} className="bench-world">
        <Instrument meta={meta} kind={kind} bench={bench} guide={guide} assigned={assigned} />
      </div>
      <StatusLine bench={bench} graded={kind !== 'playground'}>
        {assigned && bench.attempt?.deadlineAt && hasMachine && (
          <Deadline deadlineAt={bench.attempt.deadlineAt} />
        )}
      </StatusLine>
      <AskHandIn handing={handing} questions={questions !== null} />
      <Confirm
        question={asking}
        onNo={() => setAsking(null)}
        onYes={(question) => {
          setAsking(null)
          void bench[question]()
        }}
      />
      <Ask open={leaving.asking} {...labText.leaving} onYes={leaving.leave} onNo={leaving.stay} />
    </main>
  )
}

/** What the machine is busy with, so that its time must not be turned. */
function waitingFor({ checking, baseline }: SandboxStatus): string | null {
  if (checking) return momentsText.checking
  return baseline === 'measuring' ? momentsText.measuring : null
}

/** The terminal appears when the first machine is ready, and stays through resets: its screens outlive a reconnect. */
function useOnceReady(attempt: string | null, ready: boolean): boolean {
  const [readyFor, setReadyFor] = useState<string | null>(null)
  if (ready && attempt !== null && readyFor !== attempt) setReadyFor(attempt)
  return readyFor !== null && readyFor === attempt
}
