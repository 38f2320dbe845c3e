/** The place below an answer for the reader's word on it, which is loaded when the answer is opened: who only reads never needs it. */
'use client'
import { type ComponentProps, type ComponentType, useEffect, useRef, useState } from 'react'
import type { RecallMarks } from './RecallMarks.tsx'

type Props = ComponentProps<typeof RecallMarks>

export function RecallLater(props: Props) {
  const place = useRef<HTMLDivElement>(null)
  const [loaded, setLoaded] = useState<{ Marks: ComponentType<Props> } | null>(null)
  useEffect(() => {
    const answer = place.current?.closest('details')
    // What cannot be loaded now is asked for when the answer is opened again.
    const load = () => {
      if (!answer?.open) return
      import('./RecallMarks.tsx').then(
        ({ RecallMarks }) => setLoaded({ Marks: RecallMarks }),
        () => {},
      )
    }
    load()
    answer?.addEventListener('toggle', load)
    return () => answer?.removeEventListener('toggle', load)
  }, [])
  return <div ref={place}>{loaded && <loaded.Marks {...props} />}</div>
}
