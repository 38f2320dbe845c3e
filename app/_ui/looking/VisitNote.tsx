/**
 * Who is at the learner's terminals besides them, for as long as it lasts, and the question whether somebody may type. Always there and mostly empty:
 * a screen reader says what comes into a region that it knows. Decides nothing; the service does.
 */
'use client'
import { visitText as text } from '#/app/_text/en/visit.ts'
import type { VisitsMessage } from '#/sandbox/protocol/visits.ts'
import type { FromWatcher } from '#/sandbox/protocol/watch.ts'
import { Button } from '../control/Button.tsx'

interface Props {
  visits: VisitsMessage | null
  say(message: FromWatcher): void
}

export function VisitNote({ visits, say }: Props) {
  const help = visits?.help ?? null
  const said = visits ? sentences(visits) : []
  return (
    <div className="visit-note" data-there={said.length > 0 || undefined} data-help={help?.state}>
      <div role="status" className="visit-words">
        {said.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      {help?.state === 'asked' && (
        <div className="visit-actions">
          <Button look="primary" onClick={() => say({ type: 'answer', id: help.id, yes: true })}>
            {text.yes}
          </Button>
          <Button onClick={() => say({ type: 'answer', id: help.id, yes: false })}>{text.no}</Button>
        </div>
      )}
      {help?.state === 'given' && (
        <div className="visit-actions">
          <Button look="primary" onClick={() => say({ type: 'stop', id: help.id })}>
            {text.stop}
          </Button>
        </div>
      )}
    </div>
  )
}

function sentences({ visitors, members, help, ended }: VisitsMessage): string[] {
  const typing = help?.state === 'given' ? help.name : null
  const looking = visitors.map(({ name }) => name).filter((name) => name !== typing)
  return [
    ...(help?.state === 'asked' ? [text.asks(help.name), text.asksMore] : []),
    ...(typing === null ? [] : [text.types(typing)]),
    ...(looking.length > 0 ? [text.looking(looking)] : []),
    ...(members > 0 ? [text.members(members)] : []),
    // Not for ever: it goes with the visitor.
    ...(help === null && ended && visitors.some(({ name }) => name === ended.name) && wasGiven(ended.by)
      ? [text.ended(ended.name)]
      : []),
  ]
}

const wasGiven = (by: string): boolean => by !== 'refused' && by !== 'unanswered'
