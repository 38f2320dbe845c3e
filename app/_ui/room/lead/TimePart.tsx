/** A timed exercise: started, lengthened for everybody, stopped. */
'use client'
import { roomText } from '#/app/_text/en/people/room.ts'
import { elapsed } from '#/app/_text/en.ts'
import type { LedView } from '#/classroom/room/view.ts'
import { Field } from '../../form/Field.tsx'
import { useNow } from '../useNow.ts'
import { LeadForm } from './LeadForm.tsx'
import { Part } from './Part.tsx'

const text = roomText.lead.time
const more = 5

interface Props {
  cohort: string
  timer: LedView['timer']
  ahead: number
}

export function TimePart({ cohort, timer, ahead }: Props) {
  return (
    <Part title={text.title}>
      {timer ? (
        <div className="space-y-3">
          <p className="break-words font-medium">{timer.text}</p>
          <Left endsAt={timer.endsAt} ahead={ahead} />
          <LeadForm
            cohort={cohort}
            deed="more-time"
            word={text.more(more)}
            read={() => ({ minutes: more })}
          />
          <LeadForm cohort={cohort} deed="stop-time" word={text.stop} />
        </div>
      ) : (
        <LeadForm
          cohort={cohort}
          deed="time"
          word={text.submit}
          clears
          read={(typed) => ({ text: String(typed.get('text')), minutes: Number(typed.get('minutes')) })}
        >
          <Field label={text.text} name="text" maxLength={500} autoComplete="off" required />
          <Field
            label={text.minutes}
            name="minutes"
            type="number"
            min={1}
            max={240}
            defaultValue={10}
            className="w-28"
            required
          />
        </LeadForm>
      )}
    </Part>
  )
}

function Left({ endsAt, ahead }: { endsAt: number; ahead: number }) {
  const seconds = Math.ceil((endsAt - useNow(1_000, ahead)) / 1_000)
  return (
    <p className="figures text-[1.375rem]" role="timer">
      {seconds > 0 ? text.left(elapsed(seconds)) : text.over}
    </p>
  )
}
