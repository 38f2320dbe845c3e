/** An instrument on paper: its picture when it has run for a while, told in words, with its readings and its knobs as text. Nothing can be pushed. */
import { number, instrumentText as text } from '#/app/_text/en/instruments/frame.ts'
import { offlineText } from '#/app/_text/en.ts'
import { Readings } from '../instrument/Face.tsx'
import type { Instrument, Reading, Settings } from '../instrument/instrument.ts'
import { begin, pushed } from '../instrument/run.ts'

/** Long enough that every instrument shows what it is about. */
const steps = 24

export function Plate({ of }: { of: Instrument }) {
  const { state, settings } = pushed(of, begin(of), { do: 'step', times: steps })
  return (
    <section aria-labelledby={`${of.id}-title`} className="model">
      <p id={`${of.id}-title`} className="model-title">
        {of.title}
      </p>
      <p className="model-note">{text.model(of.model)}</p>
      <p className="model-note">{offlineText.still(steps, of.unit)}</p>
      <div className="model-view">
        <div role="img" aria-label={of.title} className="model-picture">
          <of.Picture state={state} settings={settings} />
        </div>
        <div>
          <Readings list={of.knobs.map((knob) => standing(knob, settings))} />
          <Readings list={of.readings(state, settings)} />
        </div>
      </div>
      <p className="model-told">{of.summary(state, settings)}</p>
    </section>
  )
}

function standing({ id, label, stops, show }: Instrument['knobs'][number], settings: Settings): Reading {
  const value = settings[id] ?? 0
  if (!stops) return { label, value: value === 1 ? '1' : '0' }
  return { label, value: show?.(value) ?? number(value) }
}
