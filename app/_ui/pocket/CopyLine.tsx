/** Copies one line. */
'use client'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { pocketText as text } from '#/app/_text/en.ts'
import { Button } from '../control/Button.tsx'

export function CopyLine({ line }: { line: string }) {
  const [said, setSaid] = useState('')
  async function copy() {
    const done = await navigator.clipboard?.writeText(line).then(
      () => text.copied,
      () => text.copyFailed,
    )
    setSaid(done ?? text.copyFailed)
    setTimeout(() => setSaid(''), 2000)
  }
  return (
    <>
      <Button onClick={copy} aria-label={text.copy(line)}>
        {said === text.copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        {said || text.copyWord}
      </Button>
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  )
}
