/** A page that is one form: title, what came of the last try, the form. */
import type { ReactNode } from 'react'
import type { Note } from '#/app/_server/note.ts'
import { ProblemNote } from '../control/ProblemNote.tsx'

export const Sheet = ({
  title,
  note,
  children,
}: {
  title: ReactNode
  note?: Note | null
  children: ReactNode
}) => (
  <main id="content" className="mx-auto max-w-[30rem] px-4 pb-24 pt-[10vh] sm:px-8">
    <h1 className="font-serif text-[1.75rem] font-medium leading-tight tracking-[-0.015em] sm:text-[2.25rem]">
      {title}
    </h1>
    {note?.problem && <ProblemNote problem={note.problem} className="mt-6" />}
    <div className="mt-7 space-y-6">{children}</div>
  </main>
)
