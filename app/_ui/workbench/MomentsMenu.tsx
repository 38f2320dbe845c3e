/** The menu of moments: save where the machine is, go back, delete. Asks only where something would be lost. */
'use client'
import { Popover } from '@base-ui/react/popover'
import { History } from 'lucide-react'
import { useRef, useState } from 'react'
import { momentsText as text } from '#/app/_text/en.ts'
import { type Moment, mostMoments, type Rewind } from '#/sandbox/protocol/status.ts'
import { IconButton } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { MomentQuestion, type Question } from './MomentQuestion.tsx'
import { MomentRow } from './MomentRow.tsx'
import { SaveMoment } from './SaveMoment.tsx'
import { clock, useMoments } from './useMoments.ts'

interface Props {
  attempt: string
  rewind: Rewind
  /** Why nothing can be done just now; null when it can. */
  waiting: string | null
}

export function MomentsMenu({ attempt, rewind, waiting }: Props) {
  const moments = useMoments(attempt, rewind)
  const [open, setOpen] = useState(false)
  const [question, setQuestion] = useState<Question | null>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const own = rewind.moments.filter(({ kind }) => kind === 'saved').length
  const busy = moments.busy || waiting !== null

  async function goBack(moment: Moment, saveAs: string | null) {
    setQuestion(null)
    if (await moments.back(moment, saveAs)) setOpen(false)
  }
  const wantsBack = (moment: Moment) =>
    rewind.unsaved ? setQuestion({ kind: 'back', moment }) : void goBack(moment, null)

  return (
    <>
      {/* A question stands in front of it, and leads back to it. */}
      <Popover.Root open={open} onOpenChange={(next) => question === null && setOpen(next)}>
        <Popover.Trigger
          render={
            <IconButton label={text.open}>
              <History />
            </IconButton>
          }
        />
        <Popover.Portal>
          <Popover.Positioner align="end" sideOffset={4} collisionPadding={8} className="z-30">
            <Popover.Popup className="menu moments" initialFocus={title}>
              <Popover.Title ref={title} tabIndex={-1} className="font-medium outline-none">
                {text.title}
              </Popover.Title>
              <Popover.Description className="mt-1 text-[0.8125rem] leading-snug text-muted">
                {text.lead}
              </Popover.Description>
              {moments.problem && <ProblemNote problem={moments.problem} className="mt-3" />}
              <ul className="moments-list">
                {rewind.moments.map((moment) => (
                  <MomentRow
                    key={moment.id}
                    moment={moment}
                    busy={busy}
                    onBack={() => wantsBack(moment)}
                    onDrop={() => setQuestion({ kind: 'drop', moment })}
                  />
                ))}
              </ul>
              <SaveMoment
                key={rewind.moments.at(-1)?.id ?? 0}
                suggestion={text.suggested(own + 1)}
                busy={busy}
                full={own >= mostMoments}
                onSave={moments.save}
              />
              <p className="mt-2 min-h-5 text-[0.8125rem] leading-snug text-muted">
                {rewind.busy ? text.states[rewind.busy] : (waiting ?? moments.said)}
              </p>
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      <MomentQuestion
        question={question}
        full={own >= mostMoments}
        onNo={() => setQuestion(null)}
        onBack={(moment, save) => void goBack(moment, save ? text.leaving(clock(new Date())) : null)}
        onDrop={async (moment) => {
          setQuestion(null)
          // Its button goes with it.
          if (await moments.drop(moment)) title.current?.focus()
        }}
      />
      <span role="status" className="sr-only">
        {moments.said}
      </span>
    </>
  )
}
