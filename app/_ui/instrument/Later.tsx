/** Where an instrument stands in a chapter. Its script comes when the reader is near; until then one sees it as the server has drawn it. */
'use client'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Instrument } from './instrument.ts'
import type { Live } from './Live.tsx'

const faces = {
  ring: () => import('./ring/face.tsx'),
  napi: () => import('./napi/face.tsx'),
  queues: () => import('./queues/face.tsx'),
  flood: () => import('./queues/flood.tsx'),
  window: () => import('./window/face.tsx'),
  flow: () => import('./flow/face.tsx'),
} satisfies Record<string, () => Promise<{ instrument: Instrument }>>

interface Loaded {
  of: Instrument
  Hand: typeof Live
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
        Promise.all([faces[id](), import('./Live.tsx')]).then(
          ([{ instrument }, { Live }]) => {
            near.disconnect()
            setLoaded({ of: instrument, Hand: Live })
          },
          () => {},
        )
      },
      { rootMargin: '75% 0px' },
    )
    near.observe(place.current)
    return () => near.disconnect()
  }, [id])
  return <div ref={place}>{loaded ? <loaded.Hand of={loaded.of} /> : children}</div>
}
