/** Asks for the page again, now and then, while something on it is on its way. */
'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { askAgain } from './ask-again.ts'

export function RefreshWhile({ waiting }: { waiting: boolean }) {
  const router = useRouter()
  useEffect(() => (waiting ? askAgain(() => router.refresh(), document) : undefined), [waiting, router])
  return null
}
