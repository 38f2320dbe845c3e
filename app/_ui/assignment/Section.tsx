/** A part of a long form: its name at the left, its fields beside it, a line above. */
import { type ReactNode, useId } from 'react'

interface Props {
  title: string
  lead?: ReactNode
  children: ReactNode
}

export function Section({ title, lead, children }: Props) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand beside its fields
    <div
      role="group"
      aria-labelledby={id}
      className="grid gap-x-12 gap-y-4 border-t border-rule py-7 lg:grid-cols-[12rem_minmax(0,42rem)]"
    >
      <div>
        <h2 id={id} className="caps text-muted">
          {title}
        </h2>
      </div>
      <div className="space-y-5">
        {lead && <p className="text-sm text-muted">{lead}</p>}
        {children}
      </div>
    </div>
  )
}

export const Tick = ({
  label,
  checked,
  onChange,
}: {
  label: string
  checked: boolean
  onChange(checked: boolean): void
}) => (
  <label className="flex min-h-6 coarse:min-h-11 items-baseline gap-3">
    <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
    <span>{label}</span>
  </label>
)
