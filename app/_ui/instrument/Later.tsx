/** Where an instrument stands in a chapter. Its script comes when the reader is near; until then one sees it as the server has drawn it. */
'use client'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Instrument } from './instrument.ts'
import type { Live } from './Live.tsx'

const faces = {
  ring: () => import('./ring/live.ts'),
  napi: () => import('./napi/live.ts'),
  queues: () => import('./queues/live.ts'),
  flood: () => import('./queues/live-flood.ts'),
  window: () => import('./window/live.ts'),
  flow: () => import('./flow/live.ts'),
} satisfies Record<string, () => Promise<Loaded>>

interface Loaded {
  Live: typeof Live
  instrument: Instrument
}

export function Later({ id, children }: { id: keyof typeof faces; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  useEffect(() => {
    if (!place.current) return
    const near = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return
        // What cannot be loaded now is asked for when the reader comes by again.
        faces[id]().then(
          (face: Loaded) => {
            near.disconnect()
            setLoaded(face)
          },
          () => {},
        )
      },
      { rootMargin: '75% 0px' },
    )
    near.observe(place.current)
    return () => near.disconnect()
  }, [id])
  return <div ref={place}>{loaded ? <loaded.Live of={loaded.instrument} /> : children}</div>
}
