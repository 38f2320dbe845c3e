/** A form of a cohort that does one thing. Works without a script. */
import type { ReactNode } from 'react'
import { Button, type ButtonProps } from '../control/Button.tsx'

interface Props {
  cohort: string
  deed: string
  word: string
  /** For a screen reader, where the word alone does not say of whom. */
  label?: string
  look?: ButtonProps['look']
  fields?: Record<string, string>
  className?: string
  children?: ReactNode
}

export const Deed = ({
  cohort,
  deed,
  word,
  label,
  look = 'plain',
  fields = {},
  className,
  children,
}: Props) => (
  <form method="post" action={`/api/cohorts/${cohort}/${deed}`} className={className}>
    {Object.entries(fields).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    {children}
    <Button type="submit" look={look} aria-label={label}>
      {word}
    </Button>
  </form>
)
