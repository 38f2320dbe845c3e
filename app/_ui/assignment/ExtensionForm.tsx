/** Other terms of one learner, typed in the cohort's zone. What was typed stays until it is saved. */
'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { assignmentText } from '#/app/_text/en/people/assignment.ts'
import type { ExtensionInput } from '#/classroom/assignments/assignments.ts'
import type { FieldProblem } from '#/classroom/refusal.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { post } from '../ask.ts'
import { Button } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { Area, Field } from '../form/Field.tsx'
import { sendWhole } from './half-typed.ts'
import { Tick } from './Section.tsx'
import { number } from './typed.ts'
import { wrongOf } from './wrong.ts'

const text = assignmentText.extension

interface Props {
  assignment: string
  person: { id: string; name: string }
  timeZone: string
  first: ExtensionInput | null
}

type State = { at: 'still' | 'busy' | 'saved' } | { at: 'wrong'; problem: Problem; fields: FieldProblem[] }
type TextField = 'dueAt' | 'lateDueAt' | 'extraMinutes' | 'extraAttempts' | 'reason'

export function ExtensionForm({ assignment, person, timeZone: openedIn, first }: Props) {
  const [typed, setTyped] = useState(() => ({
    ...{ dueAt: first?.dueAt ?? '', lateDueAt: first?.lateDueAt ?? '', reason: first?.reason ?? '' },
    extraMinutes: String(first?.extraMinutes ?? 0),
    extraAttempts: String(first?.extraAttempts ?? 0),
    excused: first?.excused ?? false,
  }))
  const [state, setState] = useState<State>({ at: 'still' })
  // What was typed stays clocks of this zone, whatever the cohort's is meanwhile.
  const [timeZone] = useState(openedIn)
  const form = useRef<HTMLFormElement>(null)
  const router = useRouter()
  const wrong = wrongOf(state.at === 'wrong' ? state.fields : [])
  useEffect(() => {
    if (state.at === 'wrong') form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [state])

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const inputs = event.currentTarget.querySelectorAll('input')
    if (state.at === 'busy') return
    setState({ at: 'busy' })
    const counts = {
      extraMinutes: number(typed.extraMinutes || '0'),
      extraAttempts: number(typed.extraAttempts || '0'),
    }
    const sent = { ...typed, ...counts, timeZone, person: person.id }
    const result = await sendWhole(inputs, () => post(`/api/assignments/${assignment}/extensions`, sent))
    if (!result.ok) return setState({ at: 'wrong', problem: result.problem, fields: result.fields ?? [] })
    setState({ at: 'saved' })
    router.refresh()
  }

  const plain = (name: TextField) => ({
    name,
    value: typed[name],
    error: wrong.at(name),
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      setTyped({ ...typed, [name]: event.currentTarget.value }),
  })
  return (
    <form
      ref={form}
      onSubmit={save}
      noValidate
      aria-label={text.titleOf(person.name)}
      className="mt-4 space-y-5"
    >
      <p className="text-sm text-muted">{assignmentText.form.whenLead(timeZone)}</p>
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
        <Field type="datetime-local" label={text.dueAt} hint={text.dueHint} {...plain('dueAt')} />
        <Field type="datetime-local" label={text.lateDueAt} hint={text.dueHint} {...plain('lateDueAt')} />
        <Field label={text.extraMinutes} inputMode="numeric" autoComplete="off" {...plain('extraMinutes')} />
        <Field
          label={text.extraAttempts}
          inputMode="numeric"
          autoComplete="off"
          {...plain('extraAttempts')}
        />
      </div>
      <Tick
        label={text.excused}
        checked={typed.excused}
        onChange={(excused) => setTyped({ ...typed, excused })}
      />
      <Area label={text.reason} hint={text.reasonHint} rows={3} {...plain('reason')} />
      {state.at === 'wrong' && wrong.count === 0 && <ProblemNote problem={state.problem} />}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" look="primary" busy={state.at === 'busy'}>
          {text.give}
        </Button>
        <p role="status" className="text-sm text-muted">
          {state.at === 'saved' && assignmentText.said.given}
        </p>
      </div>
    </form>
  )
}
