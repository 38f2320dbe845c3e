/** The diagnosis or the sheet that was handed in. */
import { disputeText } from '#/app/_text/en/people/dispute.ts'
import type { Given } from '#/labs/schema.ts'

const text = disputeText.answers

export function Answers({ answers }: { answers: Given | null }) {
  const rows = answers && ('figures' in answers ? Object.entries(answers.figures) : Object.entries(answers))
  return (
    <section aria-labelledby="answers">
      <h2 id="answers" className="caps text-muted">
        {text.title}
      </h2>
      {!rows ? (
        <p className="mt-3 text-sm text-muted">{text.none}</p>
      ) : (
        <dl className="mt-3 grid gap-x-6 gap-y-1 text-sm sm:grid-cols-[8rem_minmax(0,1fr)]">
          {rows
            .filter(([, value]) => value !== '')
            .map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-muted">{text.names[name] ?? name}</dt>
                <dd className="figures mb-1 break-words sm:mb-0">
                  <bdi>{String(value)}</bdi>
                </dd>
              </div>
            ))}
        </dl>
      )}
    </section>
  )
}
