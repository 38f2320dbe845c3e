/** The tabs of the workbench. Wide screens show ticket, diagnosis and verdict in one pane; narrow ones show everything one at a time. */
'use client'
import { useSyncExternalStore } from 'react'
import { labText } from '#/app/_text/en.ts'

export const sideViews = ['ticket', 'diagnosis', 'verdict'] as const
export const views = ['ticket', 'terminal', 'world', 'diagnosis', 'verdict'] as const
export type SideView = (typeof sideViews)[number]
export type View = (typeof views)[number]
export const isSide = (view: View): view is SideView => sideViews.some((side) => side === view)

interface Props {
  side: SideView
  view: View
  /** The lab asks questions of its own instead of a diagnosis. */
  asks: boolean
  onSelect(view: View): void
}

/** Which tab is the selected one depends on the width of the screen: CSS draws the mark at once, screen readers are told after loading. */
export function Views({ side, view, asks, onSelect }: Props) {
  const narrow = useSyncExternalStore(
    onWidth,
    () => narrowScreen().matches,
    () => false,
  )
  const selected = narrow ? view : side
  function onKeyDown(event: React.KeyboardEvent<HTMLDivElement>) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')].filter(
      (tab) => tab.offsetParent,
    )
    const at = tabs.indexOf(document.activeElement as HTMLElement)
    tabs[(at + step + tabs.length) % tabs.length]?.focus()
    event.preventDefault()
  }
  return (
    <div role="tablist" tabIndex={-1} aria-label={labText.viewsLabel} className="views" onKeyDown={onKeyDown}>
      {views.map((id) => (
        <button
          key={id}
          id={`view-${id}`}
          type="button"
          role="tab"
          aria-controls={`pane-${id}`}
          aria-selected={id === selected}
          data-narrow={id === view || undefined}
          data-wide={id === side || undefined}
          className={isSide(id) ? '' : 'narrow-only'}
          onClick={() => onSelect(id)}
        >
          {id === 'diagnosis' && asks ? labText.sheet.tab : labText.views[id]}
        </button>
      ))}
    </div>
  )
}

const narrowScreen = () => matchMedia('(width < 60rem)')
function onWidth(call: () => void): () => void {
  const query = narrowScreen()
  query.addEventListener('change', call)
  return () => query.removeEventListener('change', call)
}
