/** The last thing on a chapter's page: I have read this. */
'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { chapterText } from '#/app/_text/en.ts'
import type { Problem } from '#/sandbox/protocol.ts'
import { api } from '../api.ts'
import { Button } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { ShapePass } from '../control/Shape.tsx'

export function MarkRead({ slug, isRead }: { slug: string; isRead: boolean }) {
  const router = useRouter()
  const [read, setRead] = useState(isRead)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  async function mark() {
    setBusy(true)
    const result = await api.markRead(slug)
    setBusy(false)
    setProblem(result.ok ? null : result.problem)
    if (!result.ok) return
    setRead(true)
    router.refresh()
  }
  if (read) {
    return (
      <p role="status" className="inline-flex min-h-9 items-center gap-2 text-sm text-green">
        <ShapePass />
        {chapterText.isRead}
      </p>
    )
  }
  return (
    <div className="space-y-3">
      <Button look="primary" busy={busy} onClick={mark}>
        {chapterText.markRead}
      </Button>
      {problem && <ProblemNote problem={problem} />}
    </div>
  )
}
