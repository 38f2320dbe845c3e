/** A chapter or a lab that is not open for this person yet: when it opens, and what is to be done before. */

import { titlesNow } from '#/app/_server/titles.ts'
import { closedText as text } from '#/app/_text/en/people/release.ts'
import type { Openness } from '#/classroom/release.ts'
import { momentIn } from '../cohort/dates.ts'
import { Link } from '../control/Link.tsx'
import { Header } from '../frame/Header.tsx'
import { Message } from '../frame/Message.tsx'

interface Props {
  title: string
  summary?: string
  closed: Extract<Openness, { open: false }>
  kind: 'chapter' | 'lab'
}

export async function Closed({ title, summary, closed, kind }: Props) {
  const { until, timeZone, missing, byHand } = closed
  const titles = await titlesNow()
  return (
    <>
      <Header where={title} />
      <Message title={text[kind]}>
        <p className="text-ink">{title}</p>
        {summary && <p>{summary}</p>}
        {until && <p>{text.until(momentIn(timeZone, until.toISOString()), timeZone)}</p>}
        {byHand && <p>{text.byHand}</p>}
        {missing.length > 0 && (
          <>
            <p>{text.missing}</p>
            <ul className="space-y-1">
              {missing.map((item) => (
                <li key={item}>
                  <Link href={titles.get(item)?.href ?? '/course'} className="link text-ink">
                    {titles.get(item)?.title ?? item}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
        <p>
          <Link href="/course" className="link text-ink">
            {text.course}
          </Link>
        </p>
      </Message>
    </>
  )
}
