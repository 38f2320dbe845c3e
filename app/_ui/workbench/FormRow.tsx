/** One row of the diagnosis or the sheet: label, field, what helps, what is wrong. */
import type { ReactNode } from 'react'
import { ShapeFail } from '../control/Shape.tsx'

interface Props {
  /** The field's id; the notes below it are `ID-hint` and `ID-error`. */
  id: string
  label: ReactNode
  hint?: ReactNode
  /** What is wrong with it; null when nothing is. */
  error: string | null
  children: ReactNode
}

export function FormRow({ id, label, hint, error, children }: Props) {
  return (
    <div>
      <label htmlFor={id} className="block text-[0.8125rem] font-medium leading-snug">
        {label}
      </label>
      <div className="mt-1.5">{children}</div>
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
          {hint}
        </p>
      )}
      {error !== null && (
        <p id={`${id}-error`} className="mt-1 flex items-baseline gap-1.5 text-xs text-red">
          <ShapeFail className="size-2.5" />
          {error}
        </p>
      )}
    </div>
  )
}
