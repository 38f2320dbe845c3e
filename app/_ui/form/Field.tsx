/** One line of a form: its name above it, below it what is wrong and a remark, which a screen reader reads with it. Knows no form. */
import { type ComponentProps, type ReactNode, useId } from 'react'
import { ShapeFail } from '../control/Shape.tsx'

const box =
  'block w-full min-h-9 coarse:min-h-11 rounded-[3px] border border-track bg-paper px-3 py-1.5 text-ink placeholder:text-muted hover:border-ink aria-invalid:border-red-mark'

type Line = {
  label: ReactNode
  hint?: ReactNode
  /** What is wrong with what stands in it, and what to do. */
  error?: ReactNode
  mono?: boolean
  className?: string
}

export function Field({ label, hint, error, mono, className, ...rest }: Line & ComponentProps<'input'>) {
  const { frame, field } = useLine({ label, hint, error, className })
  return frame(
    <input {...field} {...rest} className={`${box} ${mono ? 'font-mono tracking-[0.06em]' : ''}`} />,
  )
}

export function Choice({
  label,
  hint,
  error,
  mono: _,
  className,
  children,
  ...rest
}: Line & ComponentProps<'select'>) {
  const { frame, field } = useLine({ label, hint, error, className })
  return frame(
    <select {...field} {...rest} className={box}>
      {children}
    </select>,
  )
}

export function Area({ label, hint, error, mono: _, className, ...rest }: Line & ComponentProps<'textarea'>) {
  const { frame, field } = useLine({ label, hint, error, className })
  return frame(<textarea {...field} {...rest} className={box} />)
}

function useLine({ label, hint, error, className = '' }: Omit<Line, 'mono'>) {
  const id = useId()
  const described = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ')
  const frame = (field: ReactNode) => (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      {field}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  )
  const field = {
    id,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': described || undefined,
  }
  return { frame, field }
}

export const FieldError = ({ id, children }: { id?: string; children: ReactNode }) => (
  <p id={id} className="mt-1 flex items-baseline gap-2 text-sm text-red">
    <ShapeFail className="translate-y-px" />
    <span>{children}</span>
  </p>
)
