/** What late work loses: nothing, so much a day, or in steps of hours; grace and cap. */
'use client'
import { assignmentText } from '#/app/_text/en/people/assignment.ts'
import { Button } from '../control/Button.tsx'
import { Choice, Field, FieldError } from '../form/Field.tsx'
import { nextKey, type Typed, type TypedStep } from './typed.ts'
import type { Wrong } from './wrong.ts'

const text = assignmentText.form

interface Props {
  typed: Typed
  wrong: Wrong
  onChange(change: Partial<Typed>): void
}

export function LateFields({ typed, wrong, onChange }: Props) {
  const numeric = (name: 'percent' | 'graceMinutes' | 'cap') => ({
    value: typed[name],
    error: wrong.at(`latePolicy.${name}`),
    inputMode: 'decimal' as const,
    autoComplete: 'off',
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => onChange({ [name]: event.currentTarget.value }),
  })
  return (
    <>
      <Choice
        label={text.lateKind}
        value={typed.late}
        className="max-w-[22rem]"
        onChange={(event) => onChange({ late: event.currentTarget.value as Typed['late'] })}
      >
        {Object.entries(text.lateKinds).map(([kind, word]) => (
          <option key={kind} value={kind}>
            {word}
          </option>
        ))}
      </Choice>
      {typed.late === 'perDay' && (
        <Field
          label={text.percent}
          hint={text.percentHint}
          {...numeric('percent')}
          className="max-w-[22rem]"
        />
      )}
      {typed.late === 'steps' && <Steps typed={typed} wrong={wrong} onChange={onChange} />}
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
        <Field label={text.graceMinutes} hint={text.graceHint} {...numeric('graceMinutes')} />
        {typed.late !== 'none' && <Field label={text.cap} hint={text.capHint} {...numeric('cap')} />}
      </div>
      {wrong.at('latePolicy') && <FieldError>{wrong.at('latePolicy')}</FieldError>}
    </>
  )
}

function Steps({ typed: { steps }, wrong, onChange }: Props) {
  const change = (at: TypedStep, next: Partial<TypedStep>) =>
    onChange({ steps: steps.map((one) => (one === at ? { ...one, ...next } : one)) })
  const numeric = (one: TypedStep, at: number, name: 'afterHours' | 'percent') => ({
    value: one[name],
    error: wrong.at(`latePolicy.steps.${at}.${name}`),
    inputMode: 'decimal' as const,
    autoComplete: 'off',
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      change(one, { [name]: event.currentTarget.value }),
  })
  return (
    <>
      <ol className="space-y-3">
        {steps.map((one, at) => (
          <li
            key={one.key}
            className="grid items-start gap-x-4 gap-y-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]"
          >
            <Field
              label={text.afterHours}
              aria-label={`${text.step(at + 1)}: ${text.afterHours}`}
              {...numeric(one, at, 'afterHours')}
            />
            <Field
              label={text.stepPercent}
              aria-label={`${text.step(at + 1)}: ${text.stepPercent}`}
              {...numeric(one, at, 'percent')}
            />
            <Button
              look="quiet"
              className="sm:mt-6"
              aria-label={text.dropStep(at + 1)}
              disabled={steps.length === 1}
              onClick={() => onChange({ steps: steps.filter((other) => other !== one) })}
            >
              {text.drop}
            </Button>
          </li>
        ))}
      </ol>
      {wrong.at('latePolicy.steps') && <FieldError>{wrong.at('latePolicy.steps')}</FieldError>}
      <Button
        onClick={() => onChange({ steps: [...steps, { key: nextKey(steps), afterHours: '', percent: '' }] })}
      >
        {text.addStep}
      </Button>
    </>
  )
}
