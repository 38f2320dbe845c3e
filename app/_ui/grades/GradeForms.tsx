/** An instructor's word on one submission, and excusing somebody: each with a reason. What was typed stays until it is done. */
'use client'
import { type FormEvent, type ReactNode, useState } from 'react'
import { gradesText } from '#/app/_text/en/people/grades.ts'
import type { FieldProblem } from '#/classroom/refusal.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { post } from '../ask.ts'
import { number } from '../assignment/typed.ts'
import { wrongOf } from '../assignment/wrong.ts'
import { Button } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { Area, Field } from '../form/Field.tsx'

const text = gradesText.sheet

/** What is graded: a submission, or the place where none is. */
export type Graded = { submission: string } | { assignment: string; person: string; lab: string }

interface OverrideProps {
  of: Graded
  share: number | null
  onDone(): void
}

export function OverrideForm({ of, share, onDone }: OverrideProps) {
  const [percent, setPercent] = useState(share === null ? '' : String(Math.round(share * 1000) / 10))
  const [reason, setReason] = useState('')
  const path =
    'submission' in of
      ? `/api/submissions/${of.submission}/override`
      : `/api/assignments/${of.assignment}/grades`
  const form = useDeed(path, onDone)
  const place = 'submission' in of ? {} : { person: of.person, lab: of.lab }
  return (
    <Part
      title={text.override}
      lead={'submission' in of ? text.overrideLead : text.nothingLead}
      onSubmit={form.send({ ...place, percent: number(percent), reason })}
    >
      <Field
        label={text.percent}
        inputMode="decimal"
        autoComplete="off"
        className="max-w-48"
        value={percent}
        error={form.wrong.at('score')}
        onChange={(event) => setPercent(event.currentTarget.value)}
      />
      <Area
        label={text.reason}
        hint={text.reasonHint}
        rows={2}
        value={reason}
        error={form.wrong.at('reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {form.problem && <ProblemNote problem={form.problem} />}
      <Button type="submit" look="primary" busy={form.busy}>
        {text.set}
      </Button>
    </Part>
  )
}

export function ExcuseForm({
  assignment,
  person,
  onDone,
}: {
  assignment: string
  person: string
  onDone(): void
}) {
  const [reason, setReason] = useState('')
  const form = useDeed(`/api/assignments/${assignment}/excuses`, onDone)
  return (
    <Part title={text.excuse} lead={text.excuseLead} onSubmit={form.send({ person, reason })}>
      <Area
        label={text.reason}
        hint={text.excuseReasonHint}
        rows={2}
        value={reason}
        error={form.wrong.at('reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {form.problem && <ProblemNote problem={form.problem} />}
      <Button type="submit" busy={form.busy}>
        {text.excuse}
      </Button>
    </Part>
  )
}

function useDeed(path: string, onDone: () => void) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [fields, setFields] = useState<FieldProblem[]>([])
  return {
    busy,
    wrong: wrongOf(fields),
    // What is said at a field is not said twice.
    problem: fields.length > 0 ? null : problem,
    send: (body: object) => async (event: FormEvent) => {
      event.preventDefault()
      if (busy) return
      setBusy(true)
      const result = await post(path, body)
      setBusy(false)
      setProblem(result.ok ? null : result.problem)
      setFields(result.ok ? [] : (result.fields ?? []))
      if (result.ok) onDone()
    },
  }
}

interface PartProps {
  title: string
  lead: string
  onSubmit(event: FormEvent): void
  children: ReactNode
}

const Part = ({ title, lead, onSubmit, children }: PartProps) => (
  <form aria-label={title} noValidate onSubmit={onSubmit} className="space-y-4 border-t border-rule pt-5">
    <h3 className="caps text-muted">{title}</h3>
    <p className="text-sm text-muted">{lead}</p>
    {children}
  </form>
)
