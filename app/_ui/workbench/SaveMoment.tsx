/** The last line of the menu of moments: a name, and the button that saves. An empty name is the suggested one. */
'use client'
import { useId, useState } from 'react'
import { momentsText as text } from '#/app/_text/en.ts'
import { mostMoments } from '#/sandbox/protocol/status.ts'
import { Button } from '../control/Button.tsx'

interface Props {
  suggestion: string
  busy: boolean
  full: boolean
  onSave(name: string): Promise<boolean>
}

const longest = 40

export function SaveMoment({ suggestion, busy, full, onSave }: Props) {
  const [name, setName] = useState('')
  const id = useId()
  if (full) return <p className="mt-3 text-[0.8125rem] leading-snug text-muted">{text.full(mostMoments)}</p>
  return (
    <form
      className="mt-3 grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void onSave(name.trim() || suggestion)
      }}
    >
      <label htmlFor={id} className="text-[0.8125rem] font-medium">
        {text.name}
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          id={id}
          className="field min-w-0 flex-1 basis-36"
          maxLength={longest}
          autoComplete="off"
          placeholder={suggestion}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" look="primary" busy={busy}>
          {text.save}
        </Button>
      </div>
    </form>
  )
}
