/** What came of the form before: done, a problem, or a secret that is shown once. */
import type { Note } from '#/app/_server/note.ts'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { ShapePass } from '../control/Shape.tsx'
import { Secret } from '../form/Secret.tsx'

interface Props {
  note: Note | null
  words: Record<string, string>
  secret?: string
}

export function Said({ note, words, secret = '' }: Props) {
  if (!note) return null
  const said = note.said === null ? undefined : words[note.said]
  return (
    <div className="mt-6 space-y-4">
      {note.problem && <ProblemNote problem={note.problem} />}
      {said && (
        <p role="status" className="flex items-baseline gap-2 border-l-2 border-green-mark py-1 pl-4 text-sm">
          <ShapePass className="translate-y-px text-green" />
          {said}
        </p>
      )}
      {note.secret && <Secret text={note.secret} label={secret} />}
    </div>
  )
}
