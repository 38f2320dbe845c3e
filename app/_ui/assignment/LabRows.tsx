/** The labs of an assignment with their weights, in their order. */
'use client'
import { assignmentText } from '#/app/_text/en/people/assignment.ts'
import { Button } from '../control/Button.tsx'
import { Choice, Field, FieldError } from '../form/Field.tsx'
import { nextKey, number, type TypedLab } from './typed.ts'
import type { Wrong } from './wrong.ts'

const text = assignmentText.form

export interface LabChoice {
  id: string
  title: string
}

interface Props {
  labs: TypedLab[]
  choices: readonly LabChoice[]
  wrong: Wrong
  onChange(labs: TypedLab[]): void
}

export function LabRows({ labs, choices, wrong, onChange }: Props) {
  const all = labs.reduce((sum, { weight }) => sum + weightOf(weight), 0)
  const change = (at: TypedLab, next: Partial<TypedLab>) =>
    onChange(labs.map((one) => (one === at ? { ...one, ...next } : one)))
  return (
    <>
      <ol className="space-y-4">
        {labs.map((one, at) => (
          <li
            key={one.key}
            className="grid items-start gap-x-4 gap-y-2 sm:grid-cols-[minmax(0,1fr)_7rem_auto]"
          >
            <Choice
              label={text.lab(at + 1)}
              value={one.lab}
              error={wrong.at(`labs.${at}`) ?? wrong.at(`labs.${at}.lab`)}
              onChange={(event) => change(one, { lab: event.currentTarget.value })}
            >
              <option value="">{text.labNone}</option>
              {choices.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </Choice>
            <Field
              label={text.weightWord}
              aria-label={text.weight(at + 1)}
              inputMode="decimal"
              autoComplete="off"
              value={one.weight}
              error={wrong.at(`labs.${at}.weight`)}
              hint={
                all > 0 && labs.length > 1 ? text.share(percentOf(weightOf(one.weight) / all)) : undefined
              }
              onChange={(event) => change(one, { weight: event.currentTarget.value })}
            />
            <Button
              look="quiet"
              className="sm:mt-6"
              aria-label={text.dropLab(at + 1)}
              disabled={labs.length === 1}
              onClick={() => onChange(labs.filter((other) => other !== one))}
            >
              {text.drop}
            </Button>
          </li>
        ))}
      </ol>
      {wrong.at('labs') && <FieldError>{wrong.at('labs')}</FieldError>}
      <Button onClick={() => onChange([...labs, { key: nextKey(labs), lab: '', weight: '1' }])}>
        {text.addLab}
      </Button>
    </>
  )
}

function weightOf(text: string): number {
  const value = number(text)
  return typeof value === 'number' && value > 0 ? value : 0
}

const percentOf = (share: number): string => `${Math.round(share * 1000) / 10} %`
