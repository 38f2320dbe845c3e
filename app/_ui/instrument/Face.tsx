/**
 * The face of an instrument: what it is, what its model leaves out, the picture, the readings, the knobs. Drawn alike by the server, where no
 * knob can be turned yet, and by the browser, where there is a hand: so nothing moves on the page when the hand arrives.
 */
import type { ReactNode } from 'react'
import { number, instrumentText as text } from '#/app/_text/en/instruments/frame.ts'
import { Button } from '../control/Button.tsx'
import type { Instrument, Knob, Reading, Settings } from './instrument.ts'
import type { Push, Run } from './run.ts'

/** Who can turn knobs. */
export interface Hand {
  push(push: Push): void
  /** No motion is wanted: steps in place of playing. */
  calm: boolean
}

interface Props {
  of: Instrument
  run: Run
  hand: Hand | null
  /** For what is said aloud. */
  children?: ReactNode
}

export function Face({ of, run, hand, children }: Props) {
  const { Picture } = of
  const { state, settings } = run
  return (
    <section aria-labelledby={`${of.id}-title`} className="model" data-ready={hand ? '' : undefined}>
      <p className="caps text-muted">{text.label}</p>
      <p id={`${of.id}-title`} className="model-title">
        {of.title}
      </p>
      <p className="model-note">{text.model(of.model)}</p>
      <div className="model-view">
        <div role="img" aria-label={of.summary(state, settings)} className="model-picture">
          <Picture state={state} settings={settings} />
        </div>
        <Readings list={of.readings(state, settings)} />
      </div>
      <div className="model-knobs">
        {of.knobs.map((knob) => (
          <Turn key={knob.id} of={of} knob={knob} settings={settings} hand={hand} />
        ))}
      </div>
      <Keys of={of} run={run} hand={hand} />
      {children}
    </section>
  )
}

export const Readings = ({ list }: { list: Reading[] }) => (
  <dl className="model-readings">
    {list.map(({ label, value, lost }) => (
      <div key={label} className={lost ? 'text-red' : ''}>
        <dt>{label}</dt>
        <dd className="figures">
          {lost && <span aria-hidden="true">✕ </span>}
          {value}
        </dd>
      </div>
    ))}
  </dl>
)

interface TurnProps {
  of: Instrument
  knob: Knob
  settings: Settings
  hand: Hand | null
}

function Turn({ of, knob, settings, hand }: TurnProps) {
  const id = `${of.id}-${knob.id}`
  const value = settings[knob.id] ?? 0
  const turn = (to: number) => hand?.push({ do: 'turn', knob: knob.id, value: to })
  if (!knob.stops) {
    return (
      <label className="model-switch">
        <input
          type="checkbox"
          id={id}
          checked={value === 1}
          disabled={!hand}
          readOnly={!hand}
          onChange={hand ? (event) => turn(event.currentTarget.checked ? 1 : 0) : undefined}
        />
        {knob.label}
      </label>
    )
  }
  const list = knob.stops
  const shown = knob.show?.(value) ?? number(value)
  return (
    <div className="model-knob">
      <label htmlFor={id}>{knob.label}</label>
      {/* The slider says it already; as a live region it would be said twice. */}
      <output htmlFor={id} aria-live="off" className="figures">
        {shown}
      </output>
      <input
        type="range"
        id={id}
        min={0}
        max={list.length - 1}
        step={1}
        value={Math.max(0, list.indexOf(value))}
        aria-valuetext={shown}
        disabled={!hand}
        readOnly={!hand}
        onChange={hand ? (event) => turn(list[event.currentTarget.valueAsNumber] ?? value) : undefined}
      />
    </div>
  )
}

const leap = 10

function Keys({ of, run, hand }: Pick<Props, 'of' | 'run' | 'hand'>) {
  const press = (push: Push) => (hand ? () => hand.push(push) : undefined)
  const off = !hand
  return (
    <div className="model-keys">
      <Button disabled={off} onClick={press({ do: 'step', times: 1 })}>
        {text.step(of.unit)}
      </Button>
      {hand?.calm ? (
        <Button onClick={press({ do: 'step', times: leap })}>{text.leap(leap)}</Button>
      ) : (
        <Button disabled={off} onClick={press({ do: run.playing ? 'pause' : 'play' })} className="model-play">
          {run.playing ? text.pause : text.play}
        </Button>
      )}
      <Button look="quiet" disabled={off} onClick={press({ do: 'again' })}>
        {text.again}
      </Button>
    </div>
  )
}
