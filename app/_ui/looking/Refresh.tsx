/** Makes the page anew every so often, while something on it is under way and somebody sees it. */
'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

export function Refresh({ everyMs }: { everyMs: number }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && router.refresh(), everyMs)
    return () => clearInterval(timer)
  }, [router, everyMs])
  return null
}
