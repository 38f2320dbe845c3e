/** While somebody writes: a page that is open shows a chapter or a lab as soon as it is saved, at the same place. Not part of what is served otherwise. */
'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

export function SavedFiles() {
  const router = useRouter()
  useEffect(() => {
    let source: EventSource | null = null
    // A browser has six connections to one house: pages that nobody looks at hold none.
    const follow = () => {
      if (document.hidden) {
        source?.close()
        source = null
      } else if (!source) {
        source = new EventSource('/api/saved')
        source.onmessage = () => router.refresh()
      }
    }
    const shown = () => {
      follow()
      if (!document.hidden) router.refresh()
    }
    follow()
    document.addEventListener('visibilitychange', shown)
    return () => {
      source?.close()
      document.removeEventListener('visibilitychange', shown)
    }
  }, [router])
  return null
}
