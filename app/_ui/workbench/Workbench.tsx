/**
 * The workbench: ticket, diagnosis and verdict at the left, the terminal large, the instrument below it, one line of status. Lays out the parts
 * and passes events between them; what they mean is in useWorkbench.ts.
 */
'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { labText, verdictText as text } from '#/app/_text/en.ts'
import type { AttemptView, VerdictView } from '#/classroom/types.ts'
import type { Given } from '#/labs/schema.ts'
import { Ask } from '../control/Ask.tsx'
import { useLater } from '../control/useLater.ts'
import { OtherLab } from '../looking/OtherLab.tsx'
import { VisitNote } from '../looking/VisitNote.tsx'
import type { StageGuide } from '../map/guide.ts'
import { enterTerminal } from '../terminal/entrance.ts'
import type { Assigned } from './assigned.ts'
import { BenchActions } from './BenchActions.tsx'
import { BenchNotes } from './BenchNotes.tsx'
import { Confirm } from './Confirm.tsx'
import { Deadline } from './Deadline.tsx'
import { catchFocus, selectedTab } from './focus.ts'
import { AskHandIn, useHandIn } from './HandIn.tsx'
import { Instrument } from './Instrument.tsx'
import { type Panes, sideRange, worldRange } from './panes.ts'
import { Side, type SideProps } from './Side.tsx'
import { Splitter } from './Splitter.tsx'
import { StartPanel } from './StartPanel.tsx'
import { StatusLine } from './StatusLine.tsx'
import { useAloneKey } from './useAloneKey.ts'
import { useFocusHatch } from './useFocusHatch.ts'
import { useLeaveGuard } from './useLeaveGuard.ts'
import { usePanes } from './usePanes.ts'
import { useWorkbench } from './useWorkbench.ts'
import { isSide, narrowScreen, type SideView, type View, Views } from './Views.tsx'

const loadTerminals = () => import('../terminal/TerminalPanel.tsx').then((part) => part.TerminalPanel)

interface WorkbenchProps extends SideProps {
  /** Markdown; null before the lab is passed. */
  debrief: string | null
  /** What the course has for each stage, for the live map. */
  guide: readonly StageGuide[]
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
  const layout = usePanes(remembered)
  const { panes, change } = layout
  const [side, setSide] = useState<SideView>('ticket')
  const [view, setView] = useState<View>('ticket')
  const kind = graded ? (questions ? 'sound' : 'fault') : 'playground'
  const [asking, setAsking] = useState<'reset' | 'end' | null>(null)
  const [judged, setJudged] = useState<VerdictView | null>(null)
  const [ends, setEnds] = useState(0)
  const root = useRef<HTMLElement>(null)
  const { situation, busy } = bench
  const hasMachine = situation.kind === 'ready' || situation.kind === 'dead' || situation.kind === 'starting'
  const showTerminal = useOnceReady(bench.attempt?.id ?? null, situation.kind === 'ready') && hasMachine
  // While the machine starts: its script is there before the first prompt.
  const TerminalPanel = useLater(loadTerminals, hasMachine)
  const leaving = useLeaveGuard(situation.kind === 'ready')

  const select = useCallback((next: View) => {
    setView(next)
    if (isSide(next)) setSide(next)
  }, [])
  const showTerminalView = useCallback(() => flushSync(() => select('terminal')), [select])
  useFocusHatch(root, showTerminalView)
  /** As somebody asks for it: a pane that is folded away comes back. */
  const choose = (next: View) => {
    select(next)
    if (isSide(next) && !narrowScreen().matches) layout.unfoldSide()
  }
  const toggleAlone = () => {
    // Where one part is seen at a time, the terminal is alone as soon as it is in view.
    const narrow = narrowScreen().matches
    if (!narrow) change({ alone: !panes.alone })
    if (narrow || !panes.alone) enterTerminal()
  }
  useAloneKey(toggleAlone)
  const handing = useHandIn({ bench, assigned, questions, onWrong: () => choose('diagnosis') })
  async function check(answers: Given | null) {
    const verdict = await bench.check(answers)
    if (!verdict) return
    select('verdict')
    setJudged(verdict)
  }
  // The button that was pressed is hidden with its form; who was in the terminal meanwhile stays there.
  useEffect(() => {
    if (judged) catchFocus('#protocol')
  }, [judged])
  async function confirmed(question: 'reset' | 'end') {
    setAsking(null)
    await bench[question]()
    if (question === 'end') setEnds((count) => count + 1)
  }
  // *End* cannot be pressed any more.
  useEffect(() => {
    if (ends === 0) return
    catchFocus('.bench-start button')
    catchFocus(selectedTab)
  }, [ends])
  useEffect(() => {
    if (busy === 'start') setView('terminal')
  }, [busy])

  return (
    <main
      id="content"
      ref={root}
      className="bench"
      data-view={view}
      data-alone={panes.alone || undefined}
      data-side-shut={panes.alone || panes.sideShut || undefined}
      data-world-shut={panes.alone || panes.worldShut || undefined}
      style={{ '--side': `${panes.side}px`, '--world': `${panes.world}px` } as React.CSSProperties}
    >
      <div className="bench-top">
        <div className="bench-bar">
          <Views side={side} view={view} kind={kind} onSelect={choose} />
          <BenchActions
            bench={bench}
            panes={layout}
            hasMachine={hasMachine}
            assigned={assigned}
            handing={handing}
            onAlone={toggleAlone}
            onAsk={setAsking}
          />
        </div>
        <VisitNote visits={bench.visits} say={bench.say} />
        <OtherLab here={meta.id} now={bench.status?.lab ?? meta.id} />
        <BenchNotes bench={bench} handing={handing} />
      </div>
      <Side
        {...{ bench, side, meta, ticket, hints, stages, counters, questions }}
        assigned={assigned !== null}
        onCheck={(answers) => void check(answers)}
      />
      <Splitter
        label={labText.panes.side}
        axis="x"
        value={panes.side}
        range={sideRange}
        direction={1}
        onChange={(value, done) => change({ side: value }, done)}
        onFold={() => layout.fold('side')}
      />
      <div role="tabpanel" id="pane-terminal" aria-label={labText.views.terminal} className="bench-terminal">
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
        onFold={() => layout.fold('world')}
      />
      <div role="tabpanel" id="pane-world" aria-label={labText.views.world} className="bench-world">
        <Instrument meta={meta} kind={kind} bench={bench} guide={guide} assigned={assigned} />
      </div>
      <StatusLine bench={bench} graded={kind !== 'playground'}>
        {assigned && bench.attempt?.deadlineAt && hasMachine && (
          <Deadline
            // Its time begins with a machine that is ready: then it is asked anew.
            key={situation.kind}
            attempt={bench.attempt.id}
            deadlineAt={bench.attempt.deadlineAt}
          />
        )}
      </StatusLine>
      <p role="status" className="sr-only">
        {judged && inWords(judged, bench.verdicts.length - bench.verdicts.indexOf(judged))}
      </p>
      <AskHandIn handing={handing} questions={questions !== null} />
      <Confirm
        question={asking}
        onNo={() => setAsking(null)}
        onYes={(question) => void confirmed(question)}
      />
      <Ask open={leaving.asking} {...labText.leaving} onYes={leaving.leave} onNo={leaving.stay} />
    </main>
  )
}

/** For who does not see the protocol come: all of it would be read before anything else could be heard. */
const inWords = ({ score, verdict: { status, maxScore } }: VerdictView, number: number): string =>
  text.said(text.protocol(number), text.status[status], text.score(score, maxScore))

/** The terminal appears when the first machine is ready, and stays through resets: its screens outlive a reconnect. */
function useOnceReady(attempt: string | null, ready: boolean): boolean {
  const [readyFor, setReadyFor] = useState<string | null>(null)
  if (ready && attempt !== null && readyFor !== attempt) setReadyFor(attempt)
  return readyFor !== null && readyFor === attempt
}
