/** The newest verdict, and every earlier one of this lab to look at again. */
'use client'
import { useEffect, useState } from 'react'
import { verdictText as text } from '#/app/_text/en.ts'
import type { VerdictView } from '#/classroom/types.ts'
import { Markdown } from '../markdown/Markdown.tsx'
import { Verdict } from './Verdict.tsx'
import { Work } from './Work.tsx'

export function Verdicts({
  verdicts,
  attempt,
  generation,
  debrief,
}: {
  verdicts: VerdictView[]
  attempt?: string
  generation: number | null
  /** Markdown; null before the lab is passed. */
  debrief: string | null
}) {
  const [chosen, setChosen] = useState<string | null>(null)
  const newest = verdicts[0]?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new verdict comes to the front
  useEffect(() => setChosen(null), [newest])
  const shown = verdicts.find(({ id }) => id === chosen) ?? verdicts[0]
  if (!shown) return <p className="text-sm text-muted">{text.none}</p>
  const numberOf = (view: VerdictView) => verdicts.length - verdicts.indexOf(view)
  return (
    <>
      <Verdict view={shown} number={numberOf(shown)} />
      {shown.work && <Work work={shown.work} />}
      {debrief && (
        <section aria-labelledby="debrief" className="ticket mt-8 border-t border-rule pt-4">
          <h2 id="debrief" className="caps text-muted">
            {text.debrief}
          </h2>
          <Markdown source={debrief} />
        </section>
      )}
      {verdicts.length > 1 && (
        <nav aria-label={text.history} className="mt-8 border-t border-rule pt-4">
          <h2 className="caps text-muted">{text.history}</h2>
          <ul className="figures mt-2 text-sm">
            {verdicts.map((view) => (
              <li key={view.id}>
                <button
                  type="button"
                  aria-current={view === shown ? 'true' : undefined}
                  onClick={() => setChosen(view.id)}
                  className="grid w-full grid-cols-[7rem_1fr] gap-x-4 border-l-2 border-transparent py-1.5 pl-3 text-left text-muted hover:text-ink aria-[current]:border-amber aria-[current]:text-ink"
                >
                  <span>{text.protocol(numberOf(view))}</span>
                  <span>
                    {text.score(view.verdict.score, view.verdict.maxScore)},{' '}
                    {text.status[view.verdict.status]}
                    {(view.attempt !== attempt || view.generation !== generation) &&
                      `, ${text.earlierMachine}`}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </>
  )
}
