/** Leads to the workbench and lets it start the machine there, where the steps of the start are shown. */
'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { buttonClass } from '../control/Button.tsx'
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
        if (!running) wishStart(lab)
      }}
    >
      {children}
    </Link>
  )
}
