/** What a submission was judged from: the world before and after, what the server said where it changed, the figures. */
import { disputeText } from '#/app/_text/en/people/dispute.ts'
import { type Compared, differs, figuresOf, saidOf, type WorldSeen, worldOf } from './evidence.ts'

const text = disputeText.evidence

interface Props {
  submission: string
  evidence: { before: unknown; after: unknown } | null
}

export function Evidence({ submission, evidence }: Props) {
  return (
    <section aria-labelledby="evidence">
      <h2 id="evidence" className="caps text-muted">
        {text.title}
      </h2>
      {evidence === null ? (
        <p className="mt-3 text-sm text-muted">{text.none}</p>
      ) : (
        <>
          <p className="mt-3 max-w-[44rem] text-sm text-muted">{text.lead}</p>
          <p className="mt-2 text-sm">
            <a href={`/api/submissions/${submission}/evidence`} className="link" download>
              {text.all}
            </a>
          </p>
          <World before={worldOf(evidence.before)} after={worldOf(evidence.after)} />
          <Server said={saidOf(evidence.before, evidence.after)} />
          <Figures figures={figuresOf(evidence.before, evidence.after)} />
        </>
      )}
    </section>
  )
}

function World({ before, after }: { before: WorldSeen | null; after: WorldSeen | null }) {
  if (!before && !after) return null
  const outcomes = [...new Set([before, after].flatMap((one) => Object.keys(one?.outcomes ?? {})))].filter(
    (outcome) => outcome !== 'ok',
  )
  const row = (name: string, value: (seen: WorldSeen) => string): Compared => ({
    ...{ name, before: before && value(before), after: after && value(after) },
  })
  const ms = (value: number | null) => (value === null ? '–' : text.ms(value))
  const rows = [
    row(text.rows.requests, ({ requests }) => String(requests)),
    row(text.rows.answered, (seen) => String(seen.outcomes.ok ?? 0)),
    ...outcomes.map((outcome) =>
      row(text.outcomes[outcome] ?? outcome, (seen) => String(seen.outcomes[outcome] ?? 0)),
    ),
    row(text.rows.p50, ({ p50Ms }) => ms(p50Ms)),
    row(text.rows.p95, ({ p95Ms }) => ms(p95Ms)),
    row(text.rows.retransmits, ({ retransmits }) => String(retransmits)),
    row(text.rows.ms, (seen) => ms(seen.ms)),
  ]
  return (
    <>
      <h3 className="mt-6 font-medium">{text.world}</h3>
      <Table caption={text.worldOf} rows={rows} />
    </>
  )
}

/** Parts that changed side by side; the rest is there to be opened. */
function Server({ said }: { said: Compared[] }) {
  const changed = said.filter(differs)
  const same = said.filter((one) => !differs(one))
  if (said.length === 0) return null
  return (
    <>
      <h3 className="mt-8 font-medium">{text.server}</h3>
      <div className="mt-3 space-y-4">
        {changed.map((one) => (
          <Part key={one.name} one={one} />
        ))}
      </div>
      {same.length > 0 && (
        <details className="mt-4">
          <summary className="link inline-block text-sm">{text.same(same.length)}</summary>
          <div className="mt-3 space-y-4">
            {same.map(({ name, before }) => (
              <div key={name}>
                <h4 className="font-mono text-[0.8125rem]">{name}</h4>
                <Words words={before} label={name} />
              </div>
            ))}
          </div>
        </details>
      )}
    </>
  )
}

const Part = ({ one: { name, before, after } }: { one: Compared }) => (
  <details open={(before ?? '').length + (after ?? '').length < 600}>
    <summary className="font-mono text-[0.8125rem]">
      {name} <span className="font-sans text-amber-text">{text.differs}</span>
    </summary>
    <div className="mt-1 grid gap-x-6 gap-y-2 md:grid-cols-2">
      {(
        [
          [text.before, before],
          [text.after, after],
        ] as const
      ).map(([when, words]) => (
        <div key={when} className="min-w-0">
          <p className="caps text-muted">{when}</p>
          <Words words={words} label={`${name}, ${when}`} />
        </div>
      ))}
    </div>
  </details>
)

function Words({ words, label }: { words: string | null; label: string }) {
  if (words === null || words === '')
    return <p className="text-sm text-muted">{words === null ? text.missing : text.empty}</p>
  return (
    // biome-ignore lint/a11y/useSemanticElements: it groups no fields
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      role="group"
      aria-label={label}
      className="max-h-80 overflow-auto border-l border-rule pl-3 font-mono text-[0.75rem] leading-5"
    >
      {words}
    </pre>
  )
}

function Figures({ figures }: { figures: Compared[] }) {
  if (figures.length === 0) return null
  return (
    <details className="mt-8">
      <summary className="link inline-block text-sm">{text.other}</summary>
      <Table caption={text.other} rows={figures} />
    </details>
  )
}

const Table = ({ caption, rows }: { caption: string; rows: Compared[] }) => (
  <table className="figures mt-2 w-full max-w-[44rem] border-collapse text-left text-sm">
    <caption className="sr-only">{caption}</caption>
    <thead>
      <tr className="border-b border-track">
        <td />
        <th scope="col" className="py-1 pr-6 font-medium">
          {text.before}
        </th>
        <th scope="col" className="py-1 font-medium">
          {text.after}
        </th>
      </tr>
    </thead>
    <tbody>
      {rows.map((one) => (
        <tr key={one.name} className="border-b border-rule align-baseline">
          <th scope="row" className="break-words py-1 pr-6 font-normal text-muted">
            {one.name}
          </th>
          <td className="break-words py-1 pr-6">{one.before ?? text.missing}</td>
          <td className={`break-words py-1 ${differs(one) ? 'font-medium' : ''}`}>
            {one.after ?? text.missing}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
