/** The scrubber of a replay, with its marks: play, speed, steps. Everything is a button or a slider that the keyboard has by itself. */
'use client'
import { disputeText } from '#/app/_text/en/people/dispute.ts'
import { Button } from '../control/Button.tsx'
import type { Timeline } from './timeline.ts'
import { type Player, speeds } from './usePlayer.ts'

const text = disputeText.replay

interface Props {
  player: Player
  timeline: Timeline
  marks: { t: number; name: string }[]
  /** The next output; null: there is none. */
  next: number | null
  asText: boolean
  onText(): void
}

export function Controls({ player, timeline: { from, to }, marks, next, asText, onText }: Props) {
  const { t, playing, speed, set, toggle, faster } = player
  const seconds = (moment: number) => (moment - from) / 1000
  const said = text.at(seconds(t), seconds(to))
  return (
    <div className="space-y-2">
      <div>
        <input
          type="range"
          aria-label={text.scrubber}
          aria-valuetext={said}
          min={0}
          max={Math.ceil(seconds(to))}
          step={1}
          value={Math.min(Math.ceil(seconds(to)), Math.round(seconds(t)))}
          onChange={(event) => set(from + Number(event.currentTarget.value) * 1000)}
          className="block w-full accent-ink"
        />
        <div aria-hidden="true" className="relative mx-2 h-2">
          {marks.map((mark) => (
            <span
              key={`${mark.t} ${mark.name}`}
              title={mark.name}
              className="absolute top-0 h-2 w-px bg-amber"
              style={{ left: `${(100 * (mark.t - from)) / (to - from)}%` }}
            />
          ))}
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        <Button look="primary" className="min-w-20" onClick={toggle}>
          {playing ? text.pause : text.play}
        </Button>
        <Button look="quiet" onClick={() => set(t - 10_000)}>
          {text.back}
        </Button>
        <Button look="quiet" onClick={() => set(t + 10_000)}>
          {text.forward}
        </Button>
        <Button look="quiet" disabled={next === null} onClick={() => next !== null && set(next)}>
          {text.next}
        </Button>
        <label className="flex items-center gap-2">
          <span>{text.speed}</span>
          <select
            value={speed}
            onChange={(event) => faster(Number(event.currentTarget.value))}
            className="min-h-9 coarse:min-h-11 rounded-[3px] border border-track bg-paper px-2"
          >
            {speeds.map((one) => (
              <option key={one} value={one}>
                {text.times(one)}
              </option>
            ))}
          </select>
        </label>
        <Button look="quiet" aria-pressed={asText} onClick={onText}>
          {asText ? text.screen : text.text}
        </Button>
        <span className="figures ml-auto text-muted">{said}</span>
      </div>
      {marks.length > 0 && (
        <ul aria-label={text.marks} className="figures flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {marks.map((mark) => (
            <li key={`${mark.t} ${mark.name}`}>
              <button type="button" className="link" onClick={() => set(mark.t)}>
                {text.mark(mark.name, seconds(mark.t))}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
