/** What a reader does with an instrument, as pure steps: turn a knob, step, play, pause, start again. Knows no clock; who plays sends ticks. */
import type { Instrument, Settings } from './instrument.ts'

export interface Run {
  settings: Settings
  state: unknown
  playing: boolean
}

export type Push =
  | { do: 'step'; times: number }
  | { do: 'tick' }
  | { do: 'play' }
  | { do: 'pause' }
  | { do: 'again' }
  | { do: 'turn'; knob: string; value: number }

export const begin = (of: Instrument): Run => ({
  settings: of.defaults,
  state: of.start(of.defaults),
  playing: false,
})

export function pushed(of: Instrument, run: Run, push: Push): Run {
  switch (push.do) {
    case 'step':
      return { ...stepped(of, run, push.times), playing: false }
    case 'tick':
      return run.playing ? stopped(of, stepped(of, run, 1)) : run
    case 'play':
      return { ...(isSettled(of, run) ? anew(of, run) : run), playing: true }
    case 'pause':
      return { ...run, playing: false }
    case 'again':
      return { ...anew(of, run), playing: false }
    case 'turn':
      return turned(of, run, push.knob, push.value)
  }
}

function stepped(of: Instrument, run: Run, times: number): Run {
  let { state } = run
  for (let count = 0; count < times && !of.settled(state, run.settings); count++)
    state = of.step(state, run.settings)
  return { ...run, state }
}

/** Nothing is drawn again and again when nothing moves. */
const stopped = (of: Instrument, run: Run): Run => (isSettled(of, run) ? { ...run, playing: false } : run)

const isSettled = (of: Instrument, { state, settings }: Run): boolean => of.settled(state, settings)

const anew = (of: Instrument, run: Run): Run => ({ ...run, state: of.start(run.settings) })

function turned(of: Instrument, run: Run, id: string, value: number): Run {
  const next = { ...run, settings: { ...run.settings, [id]: value } }
  return of.knobs.find((knob) => knob.id === id)?.restarts ? anew(of, next) : next
}
