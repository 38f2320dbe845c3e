/** Asks for the page again, every few seconds, while something on it is on its way. */
'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const everyMs = 3_000

export function RefreshWhile({ waiting }: { waiting: boolean }) {
  const router = useRouter()
  useEffect(() => {
    if (!waiting) return
    const timer = setInterval(() => router.refresh(), everyMs)
    return () => clearInterval(timer)
  }, [waiting, router])
  return null
}
