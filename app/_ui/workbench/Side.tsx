/** The left pane: ticket, diagnosis or sheet, verdicts; all three are there, one is shown, so that what is typed or opened stays. */
'use client'
import type { HintsSeen } from '#/app/_server/lab-page.ts'
import type { Given, LabMeta, Question } from '#/labs/schema.ts'
import type { CounterChoice } from './CounterField.tsx'
import { Diagnosis } from './Diagnosis.tsx'
import { QuestionSheet } from './QuestionSheet.tsx'
import { Ticket } from './Ticket.tsx'
import type { WorkbenchState } from './useWorkbench.ts'
import { Verdicts } from './Verdicts.tsx'
import type { SideView } from './Views.tsx'

export interface SideProps {
  meta: LabMeta
  ticket: string
  hints: HintsSeen
  stages: readonly { id: string; name: string }[]
  counters: CounterChoice[]
  /** Instead of a diagnosis, where nothing is broken. */
  questions: Question[] | null
}

interface Props extends SideProps {
  bench: WorkbenchState
  assigned: boolean
  side: SideView
  onCheck(answers: Given | null): void
}

export function Side({ bench, assigned, side, onCheck, ...lab }: Props) {
  const { meta, ticket, hints, stages, counters, questions } = lab
  return (
    <div className="bench-side">
      <div
        role="tabpanel"
        id="pane-ticket"
        aria-labelledby="view-ticket"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a guide has nothing that takes the focus, and is longer than its pane
        tabIndex={0}
        hidden={side !== 'ticket'}
      >
        <Ticket lab={meta.id} title={meta.title} ticket={ticket} hints={hints} />
      </div>
      <div role="tabpanel" id="pane-diagnosis" aria-labelledby="view-diagnosis" hidden={side !== 'diagnosis'}>
        {questions ? (
          <QuestionSheet {...{ bench, assigned, questions, onCheck }} />
        ) : (
          <Diagnosis {...{ bench, assigned, stages, counters, onCheck }} />
        )}
      </div>
      <div role="tabpanel" id="pane-verdict" aria-labelledby="view-verdict" hidden={side !== 'verdict'}>
        <Verdicts
          verdicts={bench.verdicts}
          attempt={bench.attempt?.id}
          generation={bench.generation}
          debrief={bench.debrief}
        />
      </div>
    </div>
  )
}
