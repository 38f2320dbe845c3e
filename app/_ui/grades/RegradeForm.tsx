/** Judging again: what is judged, who would change, and only then the change. */
'use client'
import { useState } from 'react'
import { gradesText } from '#/app/_text/en/people/grades.ts'
import type { RegradePreview, RegradeScope } from '#/classroom/assignments/regrade.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { post } from '../ask.ts'
import { Button } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { Choice } from '../form/Field.tsx'
import { RegradeTable } from './RegradeTable.tsx'

const text = gradesText.regrading

interface Props {
  assignment: string
  labs: { id: string; title: string }[]
  /** One submission alone. */
  one: { submission: string; name: string } | null
}

type State =
  | { at: 'still' | 'looking' }
  | { at: 'seen' | 'applying'; preview: RegradePreview; scope: RegradeScope }
  | { at: 'applied'; changed: number }
  | { at: 'problem'; problem: Problem }

/** A judge may take some milliseconds, and there may be thousands of submissions. */
const patienceMs = 600_000

export function RegradeForm({ assignment, labs, one }: Props) {
  const [lab, setLab] = useState('')
  const [state, setState] = useState<State>({ at: 'still' })
  const path = `/api/assignments/${assignment}/regrade`
  const send = <T,>(body: object) => post<T>(path, body, { signal: AbortSignal.timeout(patienceMs) })

  async function show() {
    const scope: RegradeScope = one ? { submission: one.submission } : lab ? { lab } : {}
    setState({ at: 'looking' })
    const result = await send<RegradePreview>(scope)
    setState(
      result.ok ? { at: 'seen', preview: result.value, scope } : { at: 'problem', problem: result.problem },
    )
  }

  async function apply(preview: RegradePreview, scope: RegradeScope) {
    setState({ at: 'applying', preview, scope })
    const result = await send<{ changed: number }>({ ...scope, token: preview.token })
    setState(
      result.ok
        ? { at: 'applied', changed: result.value.changed }
        : { at: 'problem', problem: result.problem },
    )
  }

  const busy = state.at === 'looking' || state.at === 'applying'
  return (
    <div className="mt-6 space-y-6">
      <form
        className="flex flex-wrap items-end gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void show()
        }}
      >
        {one ? (
          <p className="basis-full">{text.one(one.name)}</p>
        ) : (
          <Choice
            label={text.scope}
            className="w-80 max-w-full"
            value={lab}
            onChange={(event) => {
              setLab(event.currentTarget.value)
              setState({ at: 'still' })
            }}
          >
            <option value="">{text.all}</option>
            {labs.map(({ id, title }) => (
              <option key={id} value={id}>
                {text.lab(title)}
              </option>
            ))}
          </Choice>
        )}
        <Button type="submit" busy={busy}>
          {text.show}
        </Button>
      </form>
      <div aria-live="polite" className="space-y-5">
        {state.at === 'looking' && <p className="text-muted">{text.looking}</p>}
        {state.at === 'problem' && <ProblemNote problem={state.problem} />}
        {state.at === 'applied' && <p role="status">{text.applied(state.changed)}</p>}
        {(state.at === 'seen' || state.at === 'applying') && (
          <RegradeTable preview={state.preview} labs={labs}>
            <Button
              look="primary"
              busy={state.at === 'applying'}
              onClick={() => void apply(state.preview, state.scope)}
            >
              {state.at === 'applying' ? text.applying : text.apply(state.preview.changes.length)}
            </Button>
          </RegradeTable>
        )}
      </div>
    </div>
  )
}
