/**
 * The editor of an assignment. What was typed stays in it whatever the answer is; each problem is said at its field, and the first of them has the
 * focus. Knows no date arithmetic: the server reads clocks in the cohort's zone.
 */
'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useRef, useState, useTransition } from 'react'
import { assignmentText } from '#/app/_text/en/people/assignment.ts'
import type { FieldProblem } from '#/classroom/refusal.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { post } from '../ask.ts'
import { Button } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { Area, Choice, Field, FieldError } from '../form/Field.tsx'
import { sendWhole } from './half-typed.ts'
import { type LabChoice, LabRows } from './LabRows.tsx'
import { LateFields } from './LateFields.tsx'
import { Section, Tick } from './Section.tsx'
import { inputOf, type Typed } from './typed.ts'
import { type Wrong, wrongOf } from './wrong.ts'

const text = assignmentText.form

interface Props {
  /** Where it is sent to: a new one, or one that is there. */
  action: string
  first: Typed
  timeZone: string
  labs: readonly LabChoice[]
  /** Null: a new one. */
  version: string | null
}

type State = { at: 'still' | 'busy' | 'saved' } | { at: 'wrong'; problem: Problem; fields: FieldProblem[] }

export function AssignmentForm({ action, first, timeZone: openedIn, labs, version: opened }: Props) {
  const [typed, setTyped] = useState(first)
  const [state, setState] = useState<State>({ at: 'still' })
  const [dirty, setDirty] = useState(false)
  const [version, setVersion] = useState(opened)
  /** This save was refused for a newer version. Whoever types here has been told, and may replace it with the next one. */
  const mayReplace = useRef(false)
  // What was typed stays clocks of this zone, whatever the cohort's is meanwhile.
  const [timeZone] = useState(openedIn)
  const [isLooking, look] = useTransition()
  const busy = state.at === 'busy' || isLooking
  const form = useRef<HTMLFormElement>(null)
  const router = useRouter()
  const wrong = wrongOf(state.at === 'wrong' ? state.fields : [])
  useUnsaved(dirty)
  useEffect(() => {
    if (mayReplace.current) setVersion(opened)
    mayReplace.current = false
  }, [opened])
  useEffect(() => {
    if (state.at === 'wrong') form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [state])

  function change(next: Partial<Typed>) {
    setTyped((before) => ({ ...before, ...next }))
    setDirty(true)
    if (state.at === 'saved') setState({ at: 'still' })
  }

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const inputs = event.currentTarget.querySelectorAll('input')
    if (busy) return
    setState({ at: 'busy' })
    const sent = { ...inputOf(typed), timeZone, ...(version !== null && { version }) }
    const result = await sendWhole(inputs, () => post<{ id?: string; version?: string }>(action, sent))
    if (!result.ok) {
      setState({ at: 'wrong', problem: result.problem, fields: result.fields ?? [] })
      mayReplace.current = result.problem.code === 'assignment-changed'
      if (mayReplace.current) look(() => router.refresh())
      return
    }
    setDirty(false)
    if (result.value.id) return router.push(`/assignments/${result.value.id}/edit?said=made`)
    setVersion(result.value.version ?? null)
    setState({ at: 'saved' })
    router.refresh()
  }

  const part = { typed, wrong, onChange: change }
  return (
    <form ref={form} onSubmit={save} noValidate className="mt-8">
      <What {...part} />
      <Section title={text.labs} lead={text.labsLead}>
        <LabRows labs={typed.labs} choices={labs} wrong={wrong} onChange={(next) => change({ labs: next })} />
      </Section>
      <When {...part} timeZone={timeZone} />
      <Section title={text.late}>
        <LateFields {...part} />
      </Section>
      <Attempts {...part} />
      <Terms {...part} />
      <div className="grid gap-x-12 border-t border-rule py-7 lg:grid-cols-[12rem_minmax(0,42rem)]">
        <div className="space-y-5 lg:col-start-2">
          {state.at === 'wrong' &&
            (wrong.count > 0 ? (
              <p role="alert" className="border-l-2 border-red-mark py-1 pl-4 text-sm font-medium">
                {text.problems(wrong.count)}
              </p>
            ) : (
              <ProblemNote problem={state.problem} />
            ))}
          <div className="flex flex-wrap items-center gap-4">
            <Button type="submit" look="primary" busy={busy}>
              {busy ? text.saving : version === null ? text.create : text.save}
            </Button>
            <p role="status" className="text-sm text-muted">
              {state.at === 'saved' && text.saved}
            </p>
          </div>
        </div>
      </div>
    </form>
  )
}

interface Part {
  typed: Typed
  wrong: Wrong
  onChange(change: Partial<Typed>): void
}

type Plain = 'title' | 'text' | 'releaseAt' | 'dueAt' | 'lateDueAt' | 'maxAttempts' | 'minutes'

const plain = ({ typed, wrong, onChange }: Part, name: Plain) => ({
  name,
  value: typed[name],
  error: wrong.at(name),
  onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    onChange({ [name]: event.currentTarget.value }),
})

const What = (part: Part) => (
  <Section title={text.what}>
    <Field label={text.name} maxLength={200} autoComplete="off" {...plain(part, 'title')} />
    <Area label={text.text} hint={text.textHint} rows={5} {...plain(part, 'text')} />
  </Section>
)

const When = ({ timeZone, ...part }: Part & { timeZone: string }) => (
  <Section title={text.when} lead={text.whenLead(timeZone)}>
    <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
      <Field type="datetime-local" label={text.releaseAt} {...plain(part, 'releaseAt')} />
      <Field type="datetime-local" label={text.dueAt} className="sm:col-start-1" {...plain(part, 'dueAt')} />
      <Field
        type="datetime-local"
        label={text.lateDueAt}
        hint={text.lateDueHint}
        {...plain(part, 'lateDueAt')}
      />
    </div>
  </Section>
)

const Attempts = (part: Part) => (
  <Section title={text.attempts}>
    <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
      <Field
        label={text.maxAttempts}
        hint={text.maxAttemptsHint}
        inputMode="numeric"
        autoComplete="off"
        {...plain(part, 'maxAttempts')}
      />
      <Options name="counting" label={text.counting} words={text.countings} {...part} />
      <Field
        label={text.minutes}
        hint={text.minutesHint}
        inputMode="numeric"
        autoComplete="off"
        {...plain(part, 'minutes')}
      />
    </div>
    <Options name="seedPolicy" label={text.seedPolicy} words={text.seedPolicies} {...part} />
  </Section>
)

interface OptionsProps extends Part {
  name: 'counting' | 'seedPolicy'
  label: string
  words: Record<string, string>
}

const Options = ({ name, label, words, typed, wrong, onChange }: OptionsProps) => (
  <Choice
    label={label}
    value={typed[name]}
    error={wrong.at(name)}
    onChange={(event) => onChange({ [name]: event.currentTarget.value })}
  >
    {Object.entries(words).map(([value, word]) => (
      <option key={value} value={value}>
        {word}
      </option>
    ))}
  </Choice>
)

const Terms = ({ typed, wrong, onChange }: Part) => (
  <Section title={text.terms}>
    <div className="space-y-2">
      <Tick label={text.hints} checked={typed.hints} onChange={(hints) => onChange({ hints })} />
      <Tick label={text.liveMap} checked={typed.liveMap} onChange={(liveMap) => onChange({ liveMap })} />
      <Tick label={text.rewind} checked={typed.rewind} onChange={(rewind) => onChange({ rewind })} />
    </div>
    {wrong.at('terms') && <FieldError>{wrong.at('terms')}</FieldError>}
    <Field
      label={text.hintCost}
      hint={text.hintCostHint}
      inputMode="decimal"
      autoComplete="off"
      className="max-w-[22rem]"
      value={typed.hintCost}
      error={wrong.at('terms.hintCost')}
      onChange={(event) => onChange({ hintCost: event.currentTarget.value })}
    />
  </Section>
)

/** The browser asks before it throws away what was typed. */
function useUnsaved(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [dirty])
}
