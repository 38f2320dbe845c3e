/** Copies a text, and says so. */
'use client'
import { useState } from 'react'
import { entranceText as text } from '#/app/_text/en/people/entrance.ts'
import { Button } from '../control/Button.tsx'
import { Icon } from '../control/Icon.tsx'
import { copyText } from '../copy.ts'

export function CopyText({ text: copied, label }: { text: string; label: string }) {
  const [said, setSaid] = useState('')
  async function copy() {
    setSaid((await copyText(copied)) ? text.copied : text.copyFailed)
    setTimeout(() => setSaid(''), 2000)
  }
  return (
    <>
      <Button onClick={copy} aria-label={text.copyOf(label)}>
        <Icon name={said === text.copied ? 'check' : 'copy'} />
        {said || text.copy}
      </Button>
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  )
}
