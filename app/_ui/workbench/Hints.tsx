/** Hints, one at a time. What one costs is said before it is shown; one that was shown stays. */
'use client'
import { useEffect, useRef, useState } from 'react'
import type { HintsSeen } from '#/app/_server/lab-page.ts'
import { labText } from '#/app/_text/en.ts'
import { contentLang } from '#/app/_text/language.ts'
import { hintPrice, hintsCost } from '#/labs/hint-price.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { api } from '../api.ts'
import { Button } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { Markdown } from '../markdown/Markdown.tsx'

const text = labText.hints

export function Hints({ lab, first }: { lab: string; first: HintsSeen }) {
  const [seen, setSeen] = useState(first.seen)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [asking, setAsking] = useState(false)
  const latest = useRef<HTMLHeadingElement>(null)
  const next = seen.length + 1
  const { factor = 1 } = first
  async function reveal() {
    if (asking) return
    setAsking(true)
    const result = await api.hint(lab, next)
    setAsking(false)
    setProblem(result.ok ? null : result.problem)
    if (!result.ok) return
    setSeen([...seen, result.value])
  }
  const read = useRef(first.seen.length)
  useEffect(() => {
    if (seen.length > read.current) latest.current?.focus()
    read.current = seen.length
  }, [seen.length])
  return (
    <section aria-labelledby="hints" className="mt-8 border-t border-rule pt-4">
      <h2 id="hints" className="caps flex flex-wrap justify-between gap-x-4 text-muted">
        {text.title}
        {seen.length > 0 && (
          <span className="figures">{text.spent(seen.length, rounded(hintsCost(seen.length) * factor))}</span>
        )}
      </h2>
      {seen.map((hint, i) => (
        <section key={hint.title} className="mt-4">
          <h3
            ref={i === seen.length - 1 ? latest : undefined}
            lang={contentLang}
            tabIndex={-1}
            className="outline-none"
          >
            {hint.title}
          </h3>
          <Markdown source={hint.text} />
        </section>
      ))}
      {problem && <ProblemNote problem={problem} className="mt-4" />}
      {next <= first.count && (
        <div className="mt-4">
          <Button busy={asking} onClick={reveal}>
            {text.reveal(next, first.count, rounded(hintPrice(next) * factor))}
          </Button>
          {seen.length === 0 && factor === 1 && (
            <p className="mt-2 font-sans text-[0.8125rem] text-muted">{text.note}</p>
          )}
        </div>
      )}
    </section>
  )
}

/** A factor may be a tenth, and a tenth three times is no three tenths. */
const rounded = (points: number): number => Math.round(points * 100) / 100
