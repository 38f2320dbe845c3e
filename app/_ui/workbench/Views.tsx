/** The tabs of the workbench. Wide screens show ticket, diagnosis and verdict in one pane; narrow ones show everything one at a time. */
'use client'
import { useSyncExternalStore } from 'react'
import { labText } from '#/app/_text/en.ts'

export const sideViews = ['ticket', 'diagnosis', 'verdict'] as const
export const views = ['ticket', 'terminal', 'world', 'diagnosis', 'verdict'] as const
export type SideView = (typeof sideViews)[number]
export type View = (typeof views)[number]
/** What a machine is for: finding a fault, filling in a sheet, or nothing that is graded. */
export type LabKind = 'fault' | 'sound' | 'playground'

export const isSide = (view: View): view is SideView => sideViews.some((side) => side === view)

interface Props {
  side: SideView
  view: View
  kind: LabKind
  onSelect(view: View): void
}

/** Which tab is the selected one depends on the width of the screen: CSS draws the mark at once, screen readers are told after loading. */
export function Views({ side, view, kind, onSelect }: Props) {
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
      {viewsOf(kind).map((id) => (
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
          {nameOf(id, kind)}
        </button>
      ))}
    </div>
  )
}

/** Where nothing is graded there is nothing to hand in. */
const viewsOf = (kind: LabKind): View[] =>
  views.filter((id) => kind !== 'playground' || (id !== 'diagnosis' && id !== 'verdict'))

function nameOf(id: View, kind: LabKind): string {
  if (kind === 'sound' && id === 'diagnosis') return labText.sheet.tab
  if (kind === 'playground' && id === 'ticket') return labText.views.guide
  return labText.views[id]
}

/** One part is seen at a time. */
export const narrowScreen = () => matchMedia('(width < 60rem)')
function onWidth(call: () => void): () => void {
  const query = narrowScreen()
  query.addEventListener('change', call)
  return () => query.removeEventListener('change', call)
}
