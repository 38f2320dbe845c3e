/** Order, filter and a name for the wall. */
'use client'
import { roomText as text } from '#/app/_text/en/people/room.ts'
import { Field, Choice as Select } from '../form/Field.tsx'
import { type Choice, type Filter, filters, type Sort, sorts } from './wall.ts'

interface Props {
  choice: Choice
  onChange(choice: Choice): void
}

export const WallTools = ({ choice, onChange }: Props) => (
  <div className="wall-tools">
    <Select
      label={text.filter.label}
      value={choice.filter}
      onChange={({ target }) => onChange({ ...choice, filter: target.value as Filter })}
    >
      {filters.map((one) => (
        <option key={one} value={one}>
          {text.filter[one]}
        </option>
      ))}
    </Select>
    <Select
      label={text.sort.label}
      value={choice.sort}
      onChange={({ target }) => onChange({ ...choice, sort: target.value as Sort })}
    >
      {sorts.map((one) => (
        <option key={one} value={one}>
          {text.sort[one]}
        </option>
      ))}
    </Select>
    <Field
      label={text.find}
      type="search"
      value={choice.name}
      onChange={({ target }) => onChange({ ...choice, name: target.value })}
    />
  </div>
)
