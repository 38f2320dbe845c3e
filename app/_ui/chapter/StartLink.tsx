/** Leads to the workbench and lets it start the machine there, where the steps of the start are shown. */
'use client'
import type { ReactNode } from 'react'
import { buttonClass } from '../control/Button.tsx'
import { Link } from '../control/Link.tsx'
import { wishStart } from '../workbench/wish.ts'

export function StartLink({
  lab,
  href = `/labs/${lab}`,
  className = buttonClass('primary', 'no-underline'),
  running,
  children,
}: {
  lab: string
  href?: string
  className?: string
  running: boolean
  children: ReactNode
}) {
  return (
    <Link
      href={href}
      className={className}
      onClick={() => {
        // Where one is already, the page would not take the wish up, and a later visit would.
        if (!running && location.pathname !== href) wishStart(lab)
      }}
    >
      {children}
    </Link>
  )
}
