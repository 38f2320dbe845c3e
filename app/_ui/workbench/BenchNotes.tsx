/** What could not be done with the machine, above all panes: below 60rem any of them may be the one that is seen. */
'use client'
import { useEffect, useRef } from 'react'
import { labText } from '#/app/_text/en.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { Button } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { catchFocus, selectedTab } from './focus.ts'
import type { Handing } from './HandIn.tsx'
import type { Action, WorkbenchState } from './useWorkbench.ts'

/** A start and a check say at their own place what went wrong. */
const saidHere: Action[] = ['reset', 'end', 'extend']

export function BenchNotes({ bench, handing }: { bench: WorkbenchState; handing: Handing }) {
  const { failed } = bench
  return (
    <>
      {failed && saidHere.includes(failed.action) && (
        <Note problem={failed.problem} onClose={bench.dismiss} />
      )}
      {handing.problem && <Note problem={handing.problem} onClose={handing.dismiss} />}
    </>
  )
}

function Note({ problem, onClose }: { problem: Problem; onClose(): void }) {
  const closed = useRef(false)
  // Its button goes with it.
  useEffect(
    () => () => {
      if (closed.current) catchFocus(selectedTab)
    },
    [],
  )
  return (
    <ProblemNote problem={problem} className="m-4">
      <Button
        onClick={() => {
          closed.current = true
          onClose()
        }}
      >
        {labText.dismiss}
      </Button>
    </ProblemNote>
  )
}
