/** The right end of the workbench's bar: which panes are there, moments, and the ways to a fresh machine or to none. */
'use client'
import { Maximize2, Minimize2, PanelBottom, PanelLeft } from 'lucide-react'
import { labText, momentsText } from '#/app/_text/en.ts'
import type { SandboxStatus } from '#/sandbox/protocol/status.ts'
import { Button, IconButton } from '../control/Button.tsx'
import type { Assigned } from './assigned.ts'
import { HandInButton, type Handing } from './HandIn.tsx'
import { MomentsMenu } from './MomentsMenu.tsx'
import type { PanesState } from './usePanes.ts'
import type { WorkbenchState } from './useWorkbench.ts'

const text = labText.panes

interface Props {
  bench: WorkbenchState
  panes: PanesState
  hasMachine: boolean
  assigned: Assigned | null
  handing: Handing
  /** Only the terminal, and back. */
  onAlone(): void
  onAsk(question: 'reset' | 'end'): void
}

export function BenchActions({ bench, panes, hasMachine, assigned, handing, onAlone, onAsk }: Props) {
  const { situation, busy } = bench
  const { sideShut, worldShut, alone } = panes.panes
  return (
    <div className="bench-actions">
      {!alone && (
        <>
          <IconButton
            id={panes.toggles.side}
            className="wide-only"
            label={sideShut ? text.showSide : text.hideSide}
            onClick={() => panes.change({ sideShut: !sideShut })}
          >
            <PanelLeft />
          </IconButton>
          <IconButton
            id={panes.toggles.world}
            className="wide-only"
            label={worldShut ? text.showWorld : text.hideWorld}
            onClick={() => panes.change({ worldShut: !worldShut })}
          >
            <PanelBottom />
          </IconButton>
        </>
      )}
      <IconButton className="wide-only" label={alone ? text.together : text.alone} onClick={onAlone}>
        {alone ? <Minimize2 /> : <Maximize2 />}
      </IconButton>
      {situation.kind === 'ready' && situation.status.rewind.allowed && assigned?.rewind !== false && (
        <MomentsMenu
          key={situation.status.generation}
          attempt={situation.status.id}
          rewind={situation.status.rewind}
          waiting={waitingFor(situation.status)}
        />
      )}
      <Button look="quiet" disabled={!hasMachine} busy={busy === 'reset'} onClick={() => onAsk('reset')}>
        {labText.actions.reset}
      </Button>
      {assigned ? (
        // It needs no answer of the service: what is handed in waits for its check.
        <HandInButton handing={handing} disabled={!hasMachine && bench.situation.kind !== 'unknown'} />
      ) : (
        <Button look="quiet" disabled={!hasMachine} busy={busy === 'end'} onClick={() => onAsk('end')}>
          {labText.actions.end}
        </Button>
      )}
    </div>
  )
}

/** What the machine is busy with, so that its time must not be turned. */
function waitingFor({ checking, baseline }: SandboxStatus): string | null {
  if (checking) return momentsText.checking
  return baseline === 'measuring' ? momentsText.measuring : null
}
