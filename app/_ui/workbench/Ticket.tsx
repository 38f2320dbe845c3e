/** The ticket as it came in, and below it the hints, one at a time. */
'use client'
import type { HintsSeen } from '#/app/_server/lab-page.ts'
import { contentLang } from '#/app/_text/language.ts'
import { Markdown } from '../markdown/Markdown.tsx'
import { Hints } from './Hints.tsx'

interface Props {
  lab: string
  title: string
  ticket: string
  hints: HintsSeen
}

export const Ticket = ({ lab, title, ticket, hints }: Props) => (
  <article className="ticket">
    <h1
      lang={contentLang}
      className="font-serif text-[1.625rem] font-medium leading-[1.15] tracking-[-0.015em]"
    >
      {title}
    </h1>
    <Markdown source={ticket} />
    {hints.count > 0 && <Hints lab={lab} first={hints} />}
  </article>
)
