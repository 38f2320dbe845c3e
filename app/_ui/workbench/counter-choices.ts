/** The counters that a diagnosis may name: by name, and without the stage. The order and the stage would give the diagnosis away. */
import { counters } from '#/labs/counters.ts'
import type { CounterChoice } from './CounterField.tsx'

export const counterChoices: CounterChoice[] = counters
  .map(({ id, read }) => ({ id, read }))
  .sort((a, b) => a.id.localeCompare(b.id))
