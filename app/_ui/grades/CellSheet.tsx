/** One grade, opened: what was handed in, setting it, excusing, judging it again. */
'use client'
import { Dialog } from '@base-ui/react/dialog'
import { gradesText } from '#/app/_text/en/people/grades.ts'
import { GradeState } from '../assignment/GradeState.tsx'
import { Button } from '../control/Button.tsx'
import { Link } from '../control/Link.tsx'
import { ExcuseForm, OverrideForm } from './GradeForms.tsx'
import type { Cell } from './wire.ts'

const text = gradesText.sheet

export interface Opened {
  person: { id: string; name: string; login: string | null }
  assignment: { id: string; title: string }
  lab: { id: string; title: string }
  cell: Cell
}

interface Props {
  opened: Opened | null
  mayGrade: boolean
  onClose(): void
  onChanged(): void
}

export const CellSheet = ({ opened, mayGrade, onClose, onChanged }: Props) => (
  <Dialog.Root open={opened !== null} onOpenChange={(open) => !open && onClose()}>
    <Dialog.Portal>
      <Dialog.Backdrop className="overlay" />
      <Dialog.Popup className="dialog">
        {opened && (
          <Sheet
            opened={opened}
            mayGrade={mayGrade}
            onDone={() => {
              onClose()
              onChanged()
            }}
          />
        )}
      </Dialog.Popup>
    </Dialog.Portal>
  </Dialog.Root>
)

function Sheet({ opened, mayGrade, onDone }: { opened: Opened; mayGrade: boolean; onDone(): void }) {
  const { person, assignment, lab, cell } = opened
  const { state, share, attempts, submission, overridden } = cell
  return (
    <>
      <Dialog.Title className="font-serif text-2xl font-medium tracking-[-0.01em]">
        <bdi>{person.name}</bdi>
      </Dialog.Title>
      <Dialog.Description className="mt-1 text-sm text-muted">
        {person.login !== null && (
          <>
            <bdi>{person.login}</bdi> ·{' '}
          </>
        )}
        {text.of(lab.title, assignment.title)}
      </Dialog.Description>
      <p className="figures mt-4 flex flex-wrap items-baseline gap-x-4">
        {share !== null && <span className="text-[1.375rem] font-medium">{gradesText.percent(share)}</span>}
        <span className="text-sm">
          <GradeState state={state} word={gradesText.states[state]} />
        </span>
        <span className="text-sm text-muted">
          {[attempts > 0 ? gradesText.attempts(attempts) : '', overridden ? gradesText.overridden : '']
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
      <p className="mt-4 flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {submission && (
          <Link href={`/submissions/${submission}`} className="link">
            {text.look}
          </Link>
        )}
        {submission && mayGrade && (
          <Link href={`/assignments/${assignment.id}/regrade?submission=${submission}`} className="link">
            {text.again}
          </Link>
        )}
        {mayGrade && (
          <Link href={`/assignments/${assignment.id}/extensions?person=${person.id}`} className="link">
            {text.terms}
          </Link>
        )}
      </p>
      {mayGrade && (
        <div className="mt-6 space-y-6">
          {(submission || state !== 'excused') && (
            <OverrideForm
              of={submission ? { submission } : { assignment: assignment.id, person: person.id, lab: lab.id }}
              share={share}
              onDone={onDone}
            />
          )}
          {state !== 'excused' && (
            <ExcuseForm assignment={assignment.id} person={person.id} onDone={onDone} />
          )}
        </div>
      )}
      <div className="mt-6 flex justify-end">
        <Dialog.Close render={<Button />}>{text.close}</Dialog.Close>
      </div>
    </>
  )
}
