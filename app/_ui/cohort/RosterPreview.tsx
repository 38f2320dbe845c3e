/** What a roster would do: every problem with its line, else whom it would add. */
import type { ReactNode } from 'react'
import { rosterText as text } from '#/app/_text/en/people/roster.ts'
import type { RosterPlan } from '#/classroom/roster-plan.ts'
import { ShapeFail } from '../control/Shape.tsx'

/** Of those who would be added; problems are shown all. */
const shown = 20

export function RosterPreview({ plan, children }: { plan: RosterPlan; children: ReactNode }) {
  if (plan.problems.length > 0) return <Problems plan={plan} />
  if (plan.add.length === 0) return <p>{text.nothing}</p>
  return (
    <div className="space-y-4">
      <p className="font-medium">
        {text.add(plan.add.length)}
        {plan.here.length > 0 && (
          <span className="font-normal text-muted"> · {text.here(plan.here.length)}</span>
        )}
      </p>
      <Table heads={[text.line, text.name, text.login, text.role]}>
        {plan.add.slice(0, shown).map(({ line, name, login, role }) => (
          <Row key={line} line={line} cells={[name, login, role]} />
        ))}
      </Table>
      {plan.add.length > shown && <p className="text-sm text-muted">{text.more(plan.add.length - shown)}</p>}
      {children}
    </div>
  )
}

const Problems = ({ plan }: { plan: RosterPlan }) => (
  <div className="space-y-3">
    <p className="flex items-baseline gap-2 font-medium">
      <ShapeFail className="translate-y-px text-red" />
      {text.problemCount(plan.problems.length)}
    </p>
    <Table heads={[text.line, text.what]}>
      {plan.problems.map(({ line, code, what }) => (
        <Row key={`${line} ${code} ${what}`} line={line} cells={[text.problem(code, what)]} />
      ))}
    </Table>
  </div>
)

const Table = ({ heads, children }: { heads: string[]; children: ReactNode }) => (
  <table className="w-full max-w-[60rem] border-collapse text-left text-sm">
    <thead>
      <tr className="border-b border-track">
        {heads.map((head) => (
          <th key={head} scope="col" className="py-1.5 pr-6 font-medium">
            {head}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
)

const Row = ({ line, cells }: { line: number; cells: string[] }) => (
  <tr className="border-b border-rule align-baseline">
    <td className="figures py-1.5 pr-6 text-muted">{line}</td>
    {cells.map((cell) => (
      <td key={cell} className="break-words py-1.5 pr-6">
        <bdi>{cell}</bdi>
      </td>
    ))}
  </tr>
)
