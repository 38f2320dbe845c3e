/** Every instrument as it is drawn, before it is touched and at its end: named, told in words, and never taken for a machine. */
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { componentSchemas } from '#/content/components.ts'
import { Face, type Hand } from './Face.tsx'
import { instrument as flow } from './flow/face.tsx'
import type { Instrument } from './instrument.ts'
import { instrument as napi } from './napi/face.tsx'
import { instrument as queues } from './queues/face.tsx'
import { instrument as flood } from './queues/flood.tsx'
import { instrument as ring } from './ring/face.tsx'
import { begin, pushed } from './run.ts'
import { instruments } from './Still.tsx'
import { instrument as window } from './window/face.tsx'

const all: Instrument[] = [ring, napi, queues, flood, window, flow]
const hand = (calm = false): Hand => ({ push: () => {}, calm })

const drawn = (of: Instrument, steps: number, by: Hand | null = hand()) =>
  renderToStaticMarkup(<Face of={of} run={pushed(of, begin(of), { do: 'step', times: steps })} hand={by} />)
const every = (html: string, tag: string) => html.match(new RegExp(`<${tag}[ >][^>]*>?`, 'g')) ?? []

describe.each(all)('$title', (of) => {
  test('says on its face that it is a model', () => {
    expect(drawn(of, 0)).toContain('A model, not a machine: ')
    expect(of.model.length).toBeGreaterThan(40)
  })

  test('before a hand is there, it looks the same and cannot be pushed', () => {
    const [still, live] = [drawn(of, 0, null), drawn(of, 0)]
    const bare = (html: string) => html.replaceAll(/ (disabled|readOnly|data-ready)=""/g, '')
    expect(bare(still)).toBe(bare(live))
    for (const control of [...every(still, 'input'), ...every(still, 'button')])
      expect(control).toContain('disabled=""')
    for (const control of [...every(live, 'input'), ...every(live, 'button')])
      expect(control).not.toContain('disabled=""')
  })

  test('each knob has a name, stands at one of its stops and says its value in words', () => {
    const html = drawn(of, 0)
    for (const { id, stops, label } of of.knobs) {
      expect(html).toContain(label)
      if (!stops) continue
      expect(stops).toContain(of.defaults[id])
      expect(html).toMatch(new RegExp(`<label for="${of.id}-${id}">`))
    }
    for (const input of every(html, 'input').filter((one) => one.includes('type="range"')))
      expect(input).toMatch(/aria-valuetext="[^"]+"/)
  })

  test.each([0, 1, 7, 2000])('after %i steps it is told in words and numbers that are numbers', (steps) => {
    const html = drawn(of, steps)
    expect(html).toMatch(/role="img" aria-label="[^"]{40,}"/)
    expect(html).not.toMatch(/NaN|undefined|Infinity|null/)
  })

  test('where no motion is wanted, steps stand in place of playing', () => {
    expect(drawn(of, 0, hand())).toContain('>Play<')
    expect(drawn(of, 0, hand(true))).not.toContain('>Play<')
    expect(drawn(of, 0, hand(true))).toContain('>10 steps<')
  })
})

test('a loss is a word and a cross, not a colour alone', () => {
  const lost = drawn(ring, 100)
  expect(lost).toContain('537 lost')
  expect(lost).toMatch(
    /text-red"><dt>pkts rx OOB<\/dt><dd class="figures"><span aria-hidden="true">✕ <\/span>537</,
  )
  expect(drawn(ring, 0)).not.toContain('✕')
})

test('chapters may use each of them, and every name leads to one', () => {
  for (const name of Object.keys(instruments)) expect(Object.keys(componentSchemas)).toContain(name)
})

test('no two have the same id on a page', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
})
