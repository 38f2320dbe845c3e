/** The last thing on a chapter's page: I have read this. Reaching it by reading says the same; either can be taken back. */
'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { chapterText, readingText } from '#/app/_text/en.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { Button } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { ShapePass } from '../control/Shape.tsx'
import { readingApi } from '../reading-api.ts'

type Read = 'no' | 'said' | 'reached'

export function MarkRead({ slug, isRead, minutes }: { slug: string; isRead: boolean; minutes: number }) {
  const router = useRouter()
  const place = useRef<HTMLDivElement>(null)
  const [read, setRead] = useState<Read>(isRead ? 'said' : 'no')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  // Whoever has said it themselves is not contradicted by the end of the page.
  const decided = useRef(false)
  async function mark(next: Read) {
    setBusy(true)
    const result = await (next === 'no' ? readingApi.markUnread(slug) : readingApi.markRead(slug))
    setBusy(false)
    setProblem(result.ok ? null : result.problem)
    if (!result.ok) return
    setRead(next)
    router.refresh()
  }
  useEnd(place, minutes, !isRead, () => decided.current || mark('reached'))
  return (
    <div ref={place} className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p
          role="status"
          className={read === 'no' ? 'sr-only' : 'inline-flex items-center gap-2 text-sm text-green'}
        >
          {read !== 'no' && <ShapePass />}
          {{ no: '', said: chapterText.isRead, reached: readingText.reachedEnd }[read]}
        </p>
        <Button
          look={read === 'no' ? 'primary' : 'quiet'}
          busy={busy}
          onClick={() => {
            decided.current = true
            mark(read === 'no' ? 'said' : 'no')
          }}
        >
          {read === 'no' ? chapterText.markRead : readingText.takeBack}
        </Button>
      </div>
      {problem && <ProblemNote problem={problem} />}
    </div>
  )
}

/** Calls `reached` once, unless the chapter was read when the page came: then there is nothing to find out. */
function useEnd(
  place: React.RefObject<HTMLElement | null>,
  minutes: number,
  wanted: boolean,
  reached: () => unknown,
): void {
  const latest = useRef(reached)
  latest.current = reached
  const initially = useRef(wanted)
  useEffect(() => {
    const end = place.current
    if (!initially.current || !end) return
    let stop = () => {}
    let gone = false
    import('../progress/attention.ts').then(
      ({ followEnd }) => {
        if (!gone) stop = followEnd(end, minutes, () => latest.current())
      },
      () => {},
    )
    return () => {
      gone = true
      stop()
    }
  }, [place, minutes])
}
