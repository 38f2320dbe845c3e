/** The time of an exercise, by the server's clock. That it is up is said; each second is not. */
'use client'
import { roomText } from '#/app/_text/en/people/room.ts'
import { elapsed } from '#/app/_text/en.ts'
import { useNow } from '../useNow.ts'

const text = roomText.bar

interface Props {
  timer: { text: string; endsAt: number }
  ahead: number
}

export function Timer({ timer, ahead }: Props) {
  const now = useNow(1_000, ahead)
  const seconds = Math.ceil((timer.endsAt - now) / 1_000)
  return (
    <p className="room-timer figures">
      {seconds > 0 ? (
        <span role="timer">{text.timer(timer.text, elapsed(seconds))}</span>
      ) : (
        <span role="status" className="font-medium text-amber-text">
          {text.over(timer.text)}
        </span>
      )}
    </p>
  )
}
