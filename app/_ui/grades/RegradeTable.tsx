/** Who would change by judging again, from what to what, and who is left as they are. */

import type { ReactNode } from 'react'
import { gradesText } from '#/app/_text/en/people/grades.ts'
import type { Judged, RegradePreview } from '#/classroom/assignments/regrade.ts'
import { Link } from '../control/Link.tsx'
import { ShapeFail, ShapePass } from '../control/Shape.tsx'

const text = gradesText.regrading

/** Beyond these the number says it: nobody reads thousands before they press. */
const shown = 200

interface Props {
  preview: RegradePreview
  labs: { id: string; title: string }[]
  children: ReactNode
}

export function RegradeTable({ preview, labs, children }: Props) {
  const { changes, judged } = preview
  const titleOf = (lab: string) => labs.find(({ id }) => id === lab)?.title ?? lab
  return (
    <>
      <p className="font-medium">
        {changes.length === 0 ? text.none(judged) : text.would(changes.length, judged)}
      </p>
      {(['overridden', 'withoutEvidence', 'failed'] as const).map(
        (why) =>
          preview[why] > 0 && (
            <p key={why} className="text-sm text-muted">
              {text.kept[why](preview[why])}
            </p>
          ),
      )}
      {changes.length > 0 && (
        <>
          <div className="overflow-x-auto">
            <table className="figures w-full max-w-[60rem] border-collapse text-left text-sm">
              <thead>
                <tr className="border-b border-track">
                  {Object.entries(text.columns).map(([id, word]) => (
                    <th key={id} scope="col" className="py-1.5 pr-6 font-medium">
                      {word}
                    </th>
                  ))}
                  <td />
                </tr>
              </thead>
              <tbody>
                {changes.slice(0, shown).map(({ submission, person, lab, before, after }) => (
                  <tr key={submission} className="border-b border-rule align-baseline">
                    <th scope="row" className="break-words py-1.5 pr-6 font-normal">
                      <bdi>{person.name}</bdi>
                    </th>
                    <td className="py-1.5 pr-6 text-muted">{titleOf(lab)}</td>
                    <td className="py-1.5 pr-6">
                      <Score judged={before} />
                    </td>
                    <td className="py-1.5 pr-6 font-medium">
                      <Score judged={after} />
                    </td>
                    <td className="py-1.5">
                      <Link
                        href={`/submissions/${submission}`}
                        className="link"
                        aria-label={text.lookOf(person.name)}
                      >
                        {text.look}
                      </Link>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {changes.length > shown && (
            <p className="text-sm text-muted">{text.more(changes.length - shown)}</p>
          )}
          {children}
        </>
      )}
    </>
  )
}

const Score = ({ judged: { status, score, maxScore } }: { judged: Judged }) => (
  <span className="inline-flex items-baseline gap-2">
    {status === 'pass' && <ShapePass className="text-green" />}
    {status === 'fail' && <ShapeFail className="text-red" />}
    {status === 'error' || status === 'not_gradable' ? text.noGrade : text.score(score, maxScore)}
  </span>
)
