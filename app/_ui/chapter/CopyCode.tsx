/** Copies the code block it stands in. Of a terminal session only what was typed, without the prompts and without the output. */
'use client'
import { useRef, useState } from 'react'
import { chapterText } from '#/app/_text/en.ts'
import { Icon } from '../control/Icon.tsx'
import { copyText } from '../copy.ts'
import { typedLines } from './typed-lines.ts'

export function CopyCode() {
  const button = useRef<HTMLButtonElement>(null)
  const [said, setSaid] = useState('')
  async function copy() {
    const pre = button.current?.closest('figure')?.querySelector('pre')
    const text = pre?.textContent ?? ''
    const typed = pre?.dataset.language === 'console' ? typedLines(text) : text
    setSaid((await copyText(typed)) ? chapterText.copied : chapterText.copyFailed)
    setTimeout(() => setSaid(''), 2000)
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        onClick={copy}
        className="copy-code"
        title={chapterText.copy}
        aria-label={chapterText.copy}
      >
        {said === chapterText.copied ? <Icon name="check" /> : <Icon name="copy" />}
        {said || chapterText.copy}
      </button>
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  )
}
