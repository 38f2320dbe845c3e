/** The ticket as it came in, and below it the hints, one at a time. */
'use client'
import { useEffect, useState } from 'react'
import { labText } from '#/app/_text/en.ts'
import type { Hint } from '#/labs/folder.ts'
import { Button } from '../control/Button.tsx'
import { Markdown } from '../markdown/Markdown.tsx'

const text = labText.hints

export function Ticket({
  lab,
  title,
  ticket,
  hints,
}: {
  lab: string
  title: string
  ticket: string
  hints: Hint[]
}) {
  return (
    <article className="ticket">
      <h1 className="font-serif text-[1.625rem] font-medium leading-[1.15] tracking-[-0.015em]">{title}</h1>
      <Markdown source={ticket} />
      {hints.length > 0 && <Hints lab={lab} hints={hints} />}
    </article>
  )
}

/** How many are open is remembered in this browser: a reload neither hides nor shows one. */
function Hints({ lab, hints }: { lab: string; hints: Hint[] }) {
  const key = `ringside:hints:${lab}`
  const [shown, setShown] = useState(0)
  useEffect(
    () => setShown(Math.min(hints.length, Number(localStorage.getItem(key)) || 0)),
    [key, hints.length],
  )
  function reveal() {
    localStorage.setItem(key, String(shown + 1))
    setShown(shown + 1)
  }
  return (
    <section aria-labelledby="hints" className="mt-8 border-t border-rule pt-4">
      <h2 id="hints" className="caps text-muted">
        {text.title}
      </h2>
      <div aria-live="polite">
        {hints.slice(0, shown).map((hint) => (
          <section key={hint.title} className="mt-4">
            <h3>{hint.title}</h3>
            <Markdown source={hint.text} />
          </section>
        ))}
      </div>
      {shown < hints.length && (
        <div className="mt-4">
          <Button onClick={reveal}>{text.reveal(shown + 1, hints.length)}</Button>
          {shown === 0 && <p className="mt-2 font-sans text-[0.8125rem] text-muted">{text.note}</p>}
        </div>
      )}
    </section>
  )
}
