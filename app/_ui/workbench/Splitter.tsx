/** The edge between two panes: drag it, move it with the arrow keys, press Enter or click twice to fold the pane away and back. */
'use client'
import { useRef } from 'react'

interface Props {
  label: string
  /** `x`: a vertical edge that changes a width. `y`: a horizontal one that changes a height. */
  axis: 'x' | 'y'
  value: number
  range: readonly [number, number]
  /** +1 when moving right or down makes the pane larger. */
  direction: 1 | -1
  onChange(value: number, done: boolean): void
  onFold(): void
}

export function Splitter({ label, axis, value, range, direction, onChange, onFold }: Props) {
  const drag = useRef<{ from: number; value: number } | null>(null)
  const at = (event: React.PointerEvent) => (axis === 'x' ? event.clientX : event.clientY)
  const moved = (event: React.PointerEvent) => {
    const { from, value: start } = drag.current ?? { from: at(event), value }
    return start + (at(event) - from) * direction
  }
  const end = (event: React.PointerEvent) => {
    if (drag.current) onChange(event.type === 'pointerup' ? moved(event) : value, true)
    drag.current = null
  }
  const [less, more] = axis === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is a widget, not an <hr>
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={value}
      aria-valuemin={range[0]}
      aria-valuemax={range[1]}
      className={`splitter splitter-${axis}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { from: at(event), value }
      }}
      onPointerMove={(event) => drag.current && onChange(moved(event), false)}
      onPointerUp={end}
      // Without a pointer up, when the system takes a touch for a gesture of its own.
      onLostPointerCapture={end}
      onDoubleClick={onFold}
      onKeyDown={(event) => {
        const step = event.key === more ? 24 : event.key === less ? -24 : 0
        if (step !== 0) onChange(value + step * direction, true)
        else if (event.key === 'Enter') onFold()
        else return
        event.preventDefault()
      }}
    />
  )
}
