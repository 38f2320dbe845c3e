/** The browsers in which somebody is signed in, each with a way to end that. */
import { accountText } from '#/app/_text/en/people/account.ts'
import type { SessionView } from '#/classroom/types.ts'
import { momentIn } from '../cohort/dates.ts'
import { Button } from '../control/Button.tsx'

const text = accountText.sessions

export function Sessions({ sessions }: { sessions: SessionView[] }) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return (
    <ul className="border-t border-rule">
      {sessions.map(({ id, createdAt, current }) => {
        const when = momentIn(timeZone, createdAt)
        return (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-rule py-2 text-sm"
          >
            <span>
              <span className="figures">{text.since(when)}</span>
              {current && <span className="text-muted"> · {text.current}</span>}
            </span>
            <form method="post" action={current ? '/api/entrance/signout' : '/api/account/session'}>
              <input type="hidden" name="session" value={id} />
              <Button type="submit" look="quiet" aria-label={current ? undefined : text.endOf(when)}>
                {current ? text.out : text.end}
              </Button>
            </form>
          </li>
        )
      })}
    </ul>
  )
}
