/** The diagnosis: stage, counter, its value, the limit, why. Kept as a draft, so that a reload loses nothing. Then *Check*. */
'use client'
import { useState } from 'react'
import { labText } from '#/app/_text/en.ts'
import type { Answers } from '#/labs/schema.ts'
import { CheckRow, checkable } from './CheckRow.tsx'
import { type CounterChoice, CounterField } from './CounterField.tsx'
import { diagnosisDrafts, draftOf, type Field, readDraft } from './diagnosis.ts'
import { FormRow } from './FormRow.tsx'
import { KeptAnswers } from './KeptAnswers.tsx'
import { useDraft } from './useDraft.ts'
import type { WorkbenchState } from './useWorkbench.ts'

const text = labText.diagnosis

interface Props {
  bench: WorkbenchState
  assigned: boolean
  stages: readonly { id: string; name: string }[]
  counters: CounterChoice[]
  onCheck(answers: Answers | null): void
}

export function Diagnosis({ bench, assigned, stages, counters, onCheck }: Props) {
  const { attempt } = bench
  const [draft, setDraft, changed] = useDraft(diagnosisDrafts, attempt?.id, draftOf(attempt?.answers ?? null))
  const [wrong, setWrong] = useState<Field[]>([])
  const set = (field: Field) => (value: string) => {
    setDraft({ ...draft, [field]: value })
    setWrong(wrong.filter((one) => one !== field))
  }
  const read = readDraft(draft)
  const empty = read.kind === 'empty'
  function check() {
    setWrong(read.kind === 'wrong' ? read.fields : [])
    if (read.kind === 'wrong') return document.getElementById(`diagnosis-${read.fields[0]}`)?.focus()
    onCheck(read.kind === 'complete' ? read.answers : null)
  }
  const { ready, checking } = checkable(bench)
  const row = (field: Field) => ({
    id: `diagnosis-${field}`,
    error: wrong.includes(field) ? text.errors[field] : null,
  })
  const input = (field: Field) => ({
    id: `diagnosis-${field}`,
    value: draft[field],
    'aria-invalid': wrong.includes(field),
    'aria-describedby': wrong.includes(field) ? `diagnosis-${field}-error` : undefined,
    onChange: ({ target }: { target: { value: string } }) => set(field)(target.value),
  })
  return (
    <form
      className="space-y-5"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (ready && !checking) check()
      }}
    >
      <p className="text-sm text-muted">{text.lead}</p>
      <FormRow {...row('stage')} label={text.stage}>
        <select {...input('stage')} className="field">
          <option value="">{text.stageNone}</option>
          {stages.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </FormRow>
      <FormRow {...row('counter')} label={text.counter} hint={text.counterHint}>
        <CounterField
          id="diagnosis-counter"
          counters={counters}
          value={draft.counter}
          invalid={wrong.includes('counter')}
          describedBy={wrong.includes('counter') ? 'diagnosis-counter-error' : 'diagnosis-counter-hint'}
          onChange={set('counter')}
        />
      </FormRow>
      <div className="grid grid-cols-2 gap-4">
        <FormRow {...row('value')} label={text.value}>
          <input {...input('value')} inputMode="numeric" autoComplete="off" className="field font-mono" />
        </FormRow>
        <FormRow {...row('limit')} label={text.limit}>
          <input {...input('limit')} inputMode="numeric" autoComplete="off" className="field font-mono" />
        </FormRow>
      </div>
      <FormRow {...row('why')} label={text.why}>
        <textarea {...input('why')} rows={3} maxLength={4000} className="field" />
      </FormRow>
      {wrong.length > 0 && <p className="text-sm text-red">{text.incomplete}</p>}
      {assigned && attempt && ready && (
        <KeptAnswers
          attempt={attempt.id}
          deadlineAt={attempt.deadlineAt}
          answers={read.kind === 'complete' ? read.answers : empty ? null : undefined}
          partial={read.kind === 'wrong'}
          changed={changed}
        />
      )}
      <CheckRow bench={bench} empty={empty ? { button: text.checkWithout, note: text.withoutNote } : null} />
    </form>
  )
}
