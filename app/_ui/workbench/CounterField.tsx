/** The counter: any name may be typed, those of the course are offered. Which stage a counter belongs to is not told here. */
'use client'
import { Autocomplete } from '@base-ui/react/autocomplete'
import { labText } from '#/app/_text/en.ts'

export interface CounterChoice {
  id: string
  /** How it is read on the server. */
  read: string
}

interface Props {
  id: string
  counters: CounterChoice[]
  value: string
  invalid: boolean
  describedBy: string
  onChange(value: string): void
}

export function CounterField({ id, counters, value, invalid, describedBy, onChange }: Props) {
  return (
    <Autocomplete.Root
      items={counters}
      itemToStringValue={(counter: CounterChoice) => counter.id}
      filter={(counter: CounterChoice, query) => matches(counter, query)}
      value={value}
      onValueChange={onChange}
      openOnInputClick
    >
      <Autocomplete.Input
        id={id}
        className="field font-mono text-[0.8125rem]"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={invalid}
        aria-describedby={describedBy}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={4} align="start" className="z-40">
          <Autocomplete.Popup className="menu menu-list" aria-label={labText.diagnosis.counterList}>
            <Autocomplete.Empty className="px-3 py-2 text-sm text-muted empty:hidden">
              {labText.diagnosis.counterNone}
            </Autocomplete.Empty>
            <Autocomplete.List>
              {(counter: CounterChoice) => (
                <Autocomplete.Item key={counter.id} value={counter} className="menu-item menu-counter">
                  <span className="font-mono text-[0.8125rem]">{counter.id}</span>
                  <span className="text-xs text-muted">{counter.read}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  )
}

function matches({ id, read }: CounterChoice, query: string): boolean {
  const text = `${id} ${read}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
