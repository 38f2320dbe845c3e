/** Keeps where one is in a chapter, so that every device can go on there. Shows nothing; a network that fails costs the place, not the page. */
'use client'
import { useEffect } from 'react'
import { readingApi } from '../reading-api.ts'

export function ReadingPlace({ slug, anchors }: { slug: string; anchors: string[] }) {
  useEffect(() => {
    let stop = () => {}
    let gone = false
    import('./attention.ts').then(
      ({ followPlace }) => {
        if (!gone) stop = followPlace(anchors, (anchor) => void readingApi.keepPlace(slug, anchor))
      },
      () => {},
    )
    return () => {
      gone = true
      stop()
    }
  }, [slug, anchors])
  return null
}
