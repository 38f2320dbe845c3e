/** Who is shown: by a part of the name, by a state, in one assignment. */
'use client'
import { useEffect, useState } from 'react'
import { gradesText as text } from '#/app/_text/en/people/grades.ts'
import { Choice, Field } from '../form/Field.tsx'
import type { Filter } from './useGradebook.ts'

interface Props {
  filter: Filter
  assignments: readonly { id: string; title: string }[]
  count: number
  onChoose(filter: Filter): void
}

/** Somebody types: after so long they have paused. */
const pauseMs = 300

export function Filters({ filter, assignments, count, onChoose }: Props) {
  const [name, setName] = useState(filter.name)
  useEffect(() => {
    if (name === filter.name) return
    const timer = setTimeout(() => onChoose({ ...filter, name }), pauseMs)
    return () => clearTimeout(timer)
  }, [name, filter, onChoose])
  return (
    <fieldset className="mt-6">
      <legend className="sr-only">{text.filters}</legend>
      <div className="grid items-end gap-x-5 gap-y-3 sm:grid-cols-[minmax(0,16rem)_12rem_minmax(0,16rem)_1fr]">
        <Field
          label={text.name}
          type="search"
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Choice
          label={text.state}
          value={filter.state}
          onChange={(event) => onChoose({ ...filter, name, state: event.currentTarget.value })}
        >
          <option value="">{text.anyState}</option>
          {Object.entries(text.states).map(([state, word]) => (
            <option key={state} value={state}>
              {word}
            </option>
          ))}
        </Choice>
        <Choice
          label={text.assignment}
          value={filter.assignment}
          onChange={(event) => onChoose({ ...filter, name, assignment: event.currentTarget.value })}
        >
          <option value="">{text.anyAssignment}</option>
          {assignments.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Choice>
        <p role="status" className="figures py-1.5 text-sm text-muted sm:text-right">
          {text.count(count)}
        </p>
      </div>
    </fieldset>
  )
}
