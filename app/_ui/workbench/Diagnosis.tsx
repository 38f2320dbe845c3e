/** The diagnosis: stage, counter, its value, the limit, why. Kept as a draft, so that a reload loses nothing. Then *Check*. */
'use client'
import { type ReactNode, useEffect, useState } from 'react'
import { labText } from '#/app/_text/en.ts'
import type { Answers } from '#/labs/schema.ts'
import { Button } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { ShapeFail } from '../control/Shape.tsx'
import { type CounterChoice, CounterField } from './CounterField.tsx'
import { type Draft, emptyDraft, type Field, loadDraft, readDraft, saveDraft } from './diagnosis.ts'
import type { WorkbenchState } from './useWorkbench.ts'

const text = labText.diagnosis

interface Props {
  bench: WorkbenchState
  stages: readonly { id: string; name: string }[]
  counters: CounterChoice[]
  onCheck(answers: Answers | null): void
}

export function Diagnosis({ bench, stages, counters, onCheck }: Props) {
  const { attempt, situation, failed, status } = bench
  const [draft, setDraft] = useState<Draft>(emptyDraft)
  const [wrong, setWrong] = useState<Field[]>([])
  const attemptId = attempt?.id
  useEffect(() => {
    if (attemptId) setDraft(loadDraft(attemptId))
  }, [attemptId])
  const set = (field: Field) => (value: string) => {
    const next = { ...draft, [field]: value }
    setDraft(next)
    setWrong(wrong.filter((one) => one !== field))
    if (attemptId) saveDraft(attemptId, next)
  }
  function check() {
    const read = readDraft(draft)
    setWrong(read.kind === 'wrong' ? read.fields : [])
    if (read.kind === 'wrong') return document.getElementById(`diagnosis-${read.fields[0]}`)?.focus()
    onCheck(read.kind === 'complete' ? read.answers : null)
  }
  const checking = bench.checking || status?.checking === true
  const ready = situation.kind === 'ready'
  const input = (field: Field) => ({
    id: `diagnosis-${field}`,
    value: draft[field],
    'aria-invalid': wrong.includes(field),
    'aria-describedby': wrong.includes(field) ? `diagnosis-${field}-error` : undefined,
    onChange: ({ target }: { target: { value: string } }) => set(field)(target.value),
  })
  const empty = readDraft(draft).kind === 'empty'
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
      <Row field="stage" label={text.stage} wrong={wrong}>
        <select {...input('stage')} className="field">
          <option value="">{text.stageNone}</option>
          {stages.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Row>
      <Row field="counter" label={text.counter} wrong={wrong} hint={text.counterHint}>
        <CounterField
          id="diagnosis-counter"
          counters={counters}
          value={draft.counter}
          invalid={wrong.includes('counter')}
          describedBy={wrong.includes('counter') ? 'diagnosis-counter-error' : 'diagnosis-counter-hint'}
          onChange={set('counter')}
        />
      </Row>
      <div className="grid grid-cols-2 gap-4">
        <Row field="value" label={text.value} wrong={wrong}>
          <input {...input('value')} inputMode="numeric" autoComplete="off" className="field font-mono" />
        </Row>
        <Row field="limit" label={text.limit} wrong={wrong}>
          <input {...input('limit')} inputMode="numeric" autoComplete="off" className="field font-mono" />
        </Row>
      </div>
      <Row field="why" label={text.why} wrong={wrong}>
        <textarea {...input('why')} rows={3} maxLength={4000} className="field" />
      </Row>
      {wrong.length > 0 && <p className="text-sm text-red">{text.incomplete}</p>}
      {status?.baseline === 'failed' && status.problem && <ProblemNote problem={status.problem} />}
      {failed && failed.action === 'check' && <ProblemNote problem={failed.problem} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" look="primary" busy={checking} disabled={!ready} className="min-w-28">
          {checking ? labText.actions.checking : empty ? text.checkWithout : text.check}
        </Button>
        <p aria-live="polite" className="min-w-0 flex-1 basis-48 text-[0.8125rem] leading-snug text-muted">
          {note({ ready, checking, measuring: status?.baseline === 'measuring', empty })}
        </p>
      </div>
    </form>
  )
}

function note({
  ready,
  checking,
  measuring,
  empty,
}: Record<'ready' | 'checking' | 'measuring' | 'empty', boolean>): string {
  if (!ready) return text.notReady
  if (checking) return text.checking
  if (measuring) return text.measuring
  return empty ? text.withoutNote : ''
}

interface RowProps {
  field: Field
  label: string
  hint?: string
  wrong: Field[]
  children: ReactNode
}

function Row({ field, label, hint, wrong, children }: RowProps) {
  const isWrong = wrong.includes(field)
  return (
    <div>
      <label htmlFor={`diagnosis-${field}`} className="block text-[0.8125rem] font-medium leading-snug">
        {label}
      </label>
      <div className="mt-1.5">{children}</div>
      {hint && (
        <p id={`diagnosis-${field}-hint`} className="mt-1 text-xs text-muted">
          {hint}
        </p>
      )}
      {isWrong && (
        <p id={`diagnosis-${field}-error`} className="mt-1 flex items-baseline gap-1.5 text-xs text-red">
          <ShapeFail className="size-2.5" />
          {text.errors[field]}
        </p>
      )}
    </div>
  )
}
