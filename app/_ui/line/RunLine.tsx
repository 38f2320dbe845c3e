/** *Run it on my machine*: types a line into the learner's terminal, on a click and never else. Where the terminal is open nowhere, leads to it. */
'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { lineText as text } from '#/app/_text/en.ts'
import { Button } from '../control/Button.tsx'
import { Icon } from '../control/Icon.tsx'

export interface Machine {
  attempt: string
  title: string
  /** The page with its terminal. */
  href: string
}

export function RunLine({ line, machine }: { line: string; machine: Machine }) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (said === '') return
    const timer = setTimeout(() => setSaid(''), 5_000)
    return () => clearTimeout(timer)
  }, [said])
  async function run() {
    setBusy(true)
    // Few readers of a chapter press it, and all would load it.
    const lines = await import('./lines.ts').catch(() => null)
    const outcome = (await lines?.sendLine(machine.attempt, line).catch(() => null)) ?? null
    setBusy(false)
    if (outcome) return setSaid(text.sent[outcome])
    lines?.wishLine(machine.attempt, line)
    router.push(machine.href)
  }
  return (
    <>
      <Button busy={busy} onClick={run} title={text.where(machine.title)} aria-label={text.label(line)}>
        <Icon name="terminal" />
        {text.run}
      </Button>
      <span aria-live="polite" className="text-sm text-muted">
        {said}
      </span>
    </>
  )
}
