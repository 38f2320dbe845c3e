/** What an instructor leads with, beside the wall: one part open at a time. */
'use client'
import type { ReactNode } from 'react'
import { roomText } from '#/app/_text/en/people/room.ts'
import type { LedView } from '#/classroom/room/view.ts'
import { Choice, Field } from '../../form/Field.tsx'
import type { LabHints, Place, Places } from '../places.ts'
import { LeadForm } from './LeadForm.tsx'
import { Part } from './Part.tsx'
import { RevealForm } from './RevealForm.tsx'
import { TimePart } from './TimePart.tsx'

const text = roomText.lead

interface Props {
  cohort: string
  led: LedView
  places: Places
  labs: readonly LabHints[]
  now: number
  ahead: number
}

export function LeadPanel({ cohort, led, places, labs, now, ahead }: Props) {
  const last = led.lead && places.get(led.lead.item)
  return (
    <section aria-labelledby="lead">
      <h2 id="lead" className="caps text-muted">
        {text.title}
      </h2>
      <div className="mt-2 border-t border-rule">
        <Part title={text.bring.title} open>
          <LeadForm
            cohort={cohort}
            deed="bring"
            word={text.bring.submit}
            look="primary"
            read={(typed) => ({ item: String(typed.get('item')) })}
          >
            <Choice label={text.bring.item} name="item" hint={text.bring.note}>
              {[...places.values()].map((place) => (
                <Option key={place.item} place={place} />
              ))}
            </Choice>
          </LeadForm>
          {led.lead && last && (
            <p className="figures mt-2 text-sm text-muted">
              {text.bring.last(last.title, roomText.span(now - led.lead.at))}
            </p>
          )}
        </Part>
        <Part title={text.tell.title}>
          <LeadForm
            cohort={cohort}
            deed="tell"
            word={text.tell.submit}
            clears
            read={(typed) => ({ kind: String(typed.get('kind')), text: String(typed.get('text')) })}
          >
            <Choice label={text.tell.kind} name="kind">
              <option value="message">{text.tell.message}</option>
              <option value="command">{text.tell.command}</option>
            </Choice>
            <Field label={text.tell.text} name="text" maxLength={500} autoComplete="off" required />
          </LeadForm>
          {led.messages.length > 0 && (
            <Told title={text.tell.told}>
              {led.messages.map(({ id, kind, text: told }) => (
                <li
                  key={id}
                  className={kind === 'command' ? 'break-words font-mono text-[0.8125rem]' : 'break-words'}
                >
                  {told}
                </li>
              ))}
            </Told>
          )}
        </Part>
        <TimePart cohort={cohort} timer={led.timer} ahead={ahead} />
        <Part title={text.reveal.title}>
          <RevealForm cohort={cohort} labs={labs} />
          {led.reveals.length > 0 && (
            <Told title={text.reveal.shown}>
              {led.reveals.map(({ lab, hint }) => (
                <li key={`${lab} ${hint}`}>{shownName(labs, lab, hint)}</li>
              ))}
            </Told>
          )}
        </Part>
      </div>
    </section>
  )
}

/** Labs stand below their chapters, as in the course. */
const Option = ({ place: { item, title } }: { place: Place }) => (
  <option value={item}>{item.startsWith('lab:') ? `\u2003${title}` : title}</option>
)

const Told = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className="mt-4 text-sm">
    <p className="text-muted">{title}</p>
    <ul className="mt-1 space-y-1">{children}</ul>
  </div>
)

function shownName(labs: readonly LabHints[], lab: string, hint: number | null): string {
  const of = labs.find(({ id }) => id === lab)
  const what = hint === null ? text.reveal.solution : text.reveal.hint(hint, of?.hints[hint - 1] ?? '')
  return `${of?.title ?? lab} · ${what}`
}
