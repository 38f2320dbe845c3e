/** Copies one line. */
'use client'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { pocketText as text } from '#/app/_text/en.ts'
import { Button } from '../control/Button.tsx'
import { copyText } from '../copy.ts'

export function CopyLine({ line }: { line: string }) {
  const [said, setSaid] = useState('')
  async function copy() {
    setSaid((await copyText(line)) ? text.copied : text.copyFailed)
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
