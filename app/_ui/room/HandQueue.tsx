/** Raised hands in their order; who was helped is taken off. A new one is also said to who does not see it. */
'use client'
import { useEffect, useRef, useState } from 'react'
import { roomText } from '#/app/_text/en/people/room.ts'
import type { Tile } from '#/classroom/room/view.ts'
import { Button } from '../control/Button.tsx'
import { HandSign } from './HandSign.tsx'

const text = roomText.queue

interface Props {
  queue: readonly Tile[]
  now: number
  onLower(person: string): void
}

export function HandQueue({ queue, now, onLower }: Props) {
  return (
    <section aria-labelledby="hands">
      <h2 id="hands" className="caps text-muted">
        {text.title}
      </h2>
      <p aria-live="polite" className="sr-only">
        {useNewHand(queue)}
      </p>
      {queue.length === 0 ? (
        <p className="mt-2 text-sm text-muted">{text.none}</p>
      ) : (
        <ol className="mt-2 border-t border-rule">
          {queue.map(({ id, name, handAt }) => (
            <li key={id} className="flex items-center gap-3 border-b border-rule py-1.5">
              <HandSign className="size-4 text-amber-text" />
              <p className="min-w-0 flex-1">
                <bdi className="block truncate font-medium">{name}</bdi>
                <span className="figures block text-xs text-muted">
                  {text.since(roomText.span(now - (handAt ?? now)))}
                </span>
              </p>
              <Button look="quiet" aria-label={text.lowerOf(name)} onClick={() => onLower(id)}>
                {text.lower}
              </Button>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

/** What to say of the latest hand; nothing of those that were up when one came. */
function useNewHand(queue: readonly Tile[]): string {
  const known = useRef<Set<string> | null>(null)
  const [said, setSaid] = useState('')
  useEffect(() => {
    const before = known.current
    known.current = new Set(queue.map(({ id }) => id))
    const fresh = before && queue.findLast(({ id }) => !before.has(id))
    if (fresh) setSaid(text.raised(fresh.name, queue.length))
  }, [queue])
  return said
}
