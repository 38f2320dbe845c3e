/**
 * The steps of a start as whoever waits is told of them. Knows no machine.
 */
import type { StartStep } from '../protocol/status.ts'

/** Told only to whoever has to wait. */
export function queueStep(asked: number, onStep: (step: StartStep) => void) {
  let waits = false
  return {
    onWait(ahead: number): void {
      waits = true
      onStep({ id: 'queue', title: `${ahead} ${ahead === 1 ? 'start' : 'starts'} before this one`, ms: null })
    },
    begin(): void {
      if (waits)
        onStep({ id: 'queue', title: 'Its turn has come', ms: Math.round(performance.now() - asked) })
    },
  }
}

/** In the order in which they began: two may be under way at once. */
export const withStep = (steps: StartStep[], step: StartStep): StartStep[] =>
  steps.some(({ id }) => id === step.id)
    ? steps.map((one) => (one.id === step.id ? step : one))
    : [...steps, step]
