/** The title of a page that is a list or a table of the course. Knows no page. */
import type { ReactNode } from 'react'

export const PageTitle = ({ children, className = '' }: { children: ReactNode; className?: string }) => (
  <h1
    className={`pt-10 font-serif text-[2.25rem] font-[480] leading-[1.08] tracking-[-0.022em] sm:pt-16 sm:text-[3rem] ${className}`}
  >
    {children}
  </h1>
)
