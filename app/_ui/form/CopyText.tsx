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
    <Button onClick={copy} aria-label={said === '' ? text.copyOf(label) : undefined}>
      <Icon name={said === text.copied ? 'check' : 'copy'} />
      <span aria-live="polite">{said || text.copy}</span>
    </Button>
  )
}
