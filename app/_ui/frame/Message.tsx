/** A page that says one thing: what happened and what to do. */
import type { ReactNode } from 'react'

export function Message({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main id="content" className="mx-auto max-w-[38rem] px-4 pb-24 pt-[14vh] sm:px-8">
      <h1 className="font-serif text-[1.75rem] font-medium leading-tight tracking-[-0.015em] sm:text-[2.25rem]">
        {title}
      </h1>
      <div className="mt-5 space-y-4 font-serif text-[1.125rem] leading-relaxed text-muted">{children}</div>
    </main>
  )
}
