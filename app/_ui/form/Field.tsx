/** One line of a form: its name above it, a remark below it that a screen reader reads with it. Knows no form. */
import { type ComponentProps, type ReactNode, useId } from 'react'

const box =
  'block w-full min-h-9 coarse:min-h-11 rounded-[3px] border border-track bg-paper px-3 py-1.5 text-ink placeholder:text-muted hover:border-ink'

type Line = { label: ReactNode; hint?: ReactNode; mono?: boolean; className?: string }

export function Field({ label, hint, mono, className = '', ...rest }: Line & ComponentProps<'input'>) {
  const id = useId()
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...rest}
        className={`${box} ${mono ? 'font-mono tracking-[0.06em]' : ''}`}
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  )
}

export function Choice({ label, hint, className = '', children, ...rest }: Line & ComponentProps<'select'>) {
  const id = useId()
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <select id={id} aria-describedby={hint ? `${id}-hint` : undefined} {...rest} className={box}>
        {children}
      </select>
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  )
}
