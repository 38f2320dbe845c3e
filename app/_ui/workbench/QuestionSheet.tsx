/** The sheet of a lab without a fault: its questions along the path, a number for each. Kept as a draft, so that a reload loses nothing. */
'use client'
import { useState } from 'react'
import { labText } from '#/app/_text/en.ts'
import type { Given, Question } from '#/labs/schema.ts'
import { stages } from '#/labs/stages.ts'
import { Glyph } from '../path/Glyph.tsx'
import { CheckRow, checkable } from './CheckRow.tsx'
import { FormRow } from './FormRow.tsx'
import { KeptAnswers } from './KeptAnswers.tsx'
import { readSheet, sheetDraftOf, sheetDrafts } from './sheet.ts'
import { useDraft } from './useDraft.ts'
import type { WorkbenchState } from './useWorkbench.ts'

const text = labText.sheet

interface Props {
  bench: WorkbenchState
  assigned: boolean
  questions: Question[]
  onCheck(answers: Given | null): void
}

export function QuestionSheet({ bench, assigned, questions, onCheck }: Props) {
  const { attempt } = bench
  const [draft, setDraft, changed] = useDraft(
    sheetDrafts,
    attempt?.id,
    sheetDraftOf(attempt?.answers ?? null),
  )
  const [wrong, setWrong] = useState<string[]>([])
  const ids = questions.map(({ id }) => id)
  const { ready, checking } = checkable(bench)
  function set(id: string, value: string) {
    setDraft({ ...draft, [id]: value })
    setWrong(wrong.filter((one) => one !== id))
  }
  const read = readSheet(ids, draft)
  function check() {
    setWrong(read.wrong)
    if (read.wrong.length > 0) return document.getElementById(`sheet-${read.wrong[0]}`)?.focus()
    onCheck(read.sheet)
  }
  const isEmpty = ids.every((id) => !draft[id]?.trim())
  return (
    <form
      className="space-y-5"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (ready && !checking) check()
      }}
    >
      <p className="text-sm text-muted">{text.lead}</p>
      <ol className="space-y-5">
        {questions.map((question, i) => (
          <li key={question.id} className="flex gap-3">
            <Glyph
              stage={question.stage}
              className={`mt-0.5 size-6 shrink-0 text-muted ${question.stage === questions[i - 1]?.stage ? 'invisible' : ''}`}
            />
            <div className="min-w-0 flex-1">
              <Field
                question={question}
                value={draft[question.id] ?? ''}
                wrong={wrong.includes(question.id)}
                onChange={(value) => set(question.id, value)}
              />
            </div>
          </li>
        ))}
      </ol>
      {wrong.length > 0 && <p className="text-sm text-red">{text.wrong}</p>}
      {assigned && attempt && ready && (
        <KeptAnswers
          attempt={attempt.id}
          deadlineAt={attempt.deadlineAt}
          answers={read.sheet}
          partial={read.wrong.length > 0}
          changed={changed}
          questions
        />
      )}
      <CheckRow bench={bench} empty={isEmpty ? { button: text.empty, note: text.note } : null} />
    </form>
  )
}

interface FieldProps {
  question: Question
  value: string
  wrong: boolean
  onChange(value: string): void
}

function Field({ question: { id: question, stage, text: ask, unit }, value, wrong, onChange }: FieldProps) {
  const id = `sheet-${question}`
  const name = stages.find((one) => one.id === stage)?.name ?? stage
  return (
    <FormRow
      id={id}
      error={wrong ? text.number : null}
      label={
        <>
          <span className="sr-only">{text.stage(name)}. </span>
          {ask}
        </>
      }
    >
      <div className="flex items-center gap-2">
        <input
          id={id}
          value={value}
          inputMode="numeric"
          autoComplete="off"
          className="field min-w-0 flex-1 font-mono"
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}-error ${id}-unit` : `${id}-unit`}
          onChange={({ target }) => onChange(target.value)}
        />
        <span id={`${id}-unit`} className="w-20 shrink-0 text-xs text-muted">
          {unit}
        </span>
      </div>
    </FormRow>
  )
}
