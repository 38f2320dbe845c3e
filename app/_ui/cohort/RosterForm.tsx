/** A roster: chosen, looked at with every problem and its line, added whole. Knows the file only as bytes; the server reads it. */
'use client'
import { useState } from 'react'
import { rosterText as text } from '#/app/_text/en/people/roster.ts'
import type { RosterPlan } from '#/classroom/roster-plan.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { ask } from '../ask.ts'
import { Button } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { Field } from '../form/Field.tsx'
import { RosterPreview } from './RosterPreview.tsx'

type State =
  | { at: 'empty' | 'busy' }
  | { at: 'seen' | 'applied'; file: ArrayBuffer; plan: RosterPlan }
  | { at: 'problem'; problem: Problem }

export function RosterForm({ cohort }: { cohort: string }) {
  const [state, setState] = useState<State>({ at: 'empty' })

  async function send(file: ArrayBuffer, at: 'seen' | 'applied') {
    setState({ at: 'busy' })
    const path = `/api/cohorts/${cohort}/roster${at === 'applied' ? '?apply=yes' : ''}`
    const headers = { 'content-type': 'text/csv' }
    const result = await ask<RosterPlan>(path, { method: 'POST', headers, body: file })
    setState(result.ok ? { at, file, plan: result.value } : { at: 'problem', problem: result.problem })
  }

  return (
    <div className="space-y-6">
      <Field
        label={text.file}
        type="file"
        accept=".csv,text/csv"
        className="max-w-[30rem]"
        // The same file, mended, is another one: without this a browser says nothing of it.
        onClick={(event) => {
          event.currentTarget.value = ''
        }}
        onChange={async (event) => {
          const file = event.currentTarget.files?.[0]
          if (file) await send(await file.arrayBuffer(), 'seen')
        }}
      />
      <div aria-live="polite">
        {state.at === 'busy' && <p className="text-muted">{text.looking}</p>}
        {state.at === 'problem' && <ProblemNote problem={state.problem} />}
        {state.at === 'applied' && <p role="status">{text.applied(state.plan.add.length)}</p>}
        {state.at === 'seen' && (
          <RosterPreview plan={state.plan}>
            <Button look="primary" onClick={() => send(state.file, 'applied')}>
              {text.apply(state.plan.add.length)}
            </Button>
          </RosterPreview>
        )}
      </div>
    </div>
  )
}
