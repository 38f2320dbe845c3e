/** One part of what is led, folded away while another one is open. */
import type { ReactNode } from 'react'

export const Part = ({ title, open, children }: { title: string; open?: boolean; children: ReactNode }) => (
  <details name="lead" open={open} className="lead-part">
    <summary>{title}</summary>
    <div className="pb-4 pt-1">{children}</div>
  </details>
)
