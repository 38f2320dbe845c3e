/** The machine has become that of another lab while its learner works: where its ticket is. Leaves the page only when they say so. */
'use client'
import { visitText as text } from '#/app/_text/en/visit.ts'
import { buttonClass } from '../control/Button.tsx'
import { Link } from '../control/Link.tsx'

export function OtherLab({ here, now }: { here: string; now: string }) {
  const other = here !== now
  return (
    <div className="visit-note" data-there={other || undefined}>
      <div role="status" className="visit-words">
        {other && <p>{text.injected}</p>}
      </div>
      {other && (
        <Link href={`/labs/${now}`} className={buttonClass('primary')}>
          {text.toTicket}
        </Link>
      )}
    </div>
  )
}
