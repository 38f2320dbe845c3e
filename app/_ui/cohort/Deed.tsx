/** A form of a cohort that does one thing. Works without a script. */
import type { ReactNode } from 'react'
import { Button, type ButtonProps } from '../control/Button.tsx'
import { AskFirst } from '../form/AskFirst.tsx'

interface Props {
  cohort: string
  deed: string
  word: string
  /** For a screen reader, where the word alone does not say of whom. */
  label?: string
  look?: ButtonProps['look']
  fields?: Record<string, string>
  className?: string
  /** Asked before it is done. */
  ask?: { question: string; yes: string }
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
  ask,
  children,
}: Props) => (
  <form method="post" action={`/api/cohorts/${cohort}/${deed}`} className={className}>
    {Object.entries(fields).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    {children}
    {ask ? (
      <AskFirst word={word} {...ask} />
    ) : (
      <Button type="submit" look={look} aria-label={label}>
        {word}
      </Button>
    )}
  </form>
)
