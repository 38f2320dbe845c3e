/** The map as it is drawn of what a real machine has told (testing/ring-overflow.json); with RINGSIDE_PICTURES also as a page to look at. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { type CountersSecond, countersSecondSchema } from '#/sandbox/counters/schema.ts'
import { LiveMap } from './LiveMap.tsx'
import { mapView } from './model.ts'
import { StageTable } from './StageTable.tsx'

const recorded: CountersSecond[] = countersSecondSchema.array().parse(read('ring-overflow'))

function read(name: string): unknown {
  const file = readFileSync(path.join(import.meta.dirname, `testing/${name}.json`), 'utf8')
  return JSON.parse(gunzipSync(Buffer.from(JSON.parse(file).seconds, 'base64')).toString())
}

const drawn = (seconds: CountersSecond[], stale: 'asleep' | null = null) =>
  renderToStaticMarkup(<LiveMap view={mapView(seconds)} selected={null} stale={stale} onSelect={() => {}} />)
const buttons = (html: string) => html.match(/<button[^>]*class="live-stage".*?<\/button>/gs) ?? []
const stageOf = (html: string, id: string) =>
  buttons(html).find((one) => one.includes(`id="live-${id}"`)) ?? ''

/** Up to and with the last reading that has a loss: a wave has just broken. */
const wave = recorded.slice(0, lastLoss() + 1)
function lastLoss(): number {
  return recorded.findLastIndex((now, at) => {
    const before = recorded[at - 1]?.guest?.nic?.outOfBuffer
    return before != null && (now.guest?.nic?.outOfBuffer ?? 0) > before
  })
}

describe('a machine whose ring is too small', () => {
  const html = drawn(wave)

  test('lights up the ring and nothing else, with a count and a word beside the colour', () => {
    const lit = buttons(html).filter((one) => one.includes('data-lit'))
    expect(lit).toHaveLength(1)
    expect(lit[0]).toContain('id="live-ring"')
    expect(lit[0]).toContain('data-lit="now"')
    expect(lit[0]).toMatch(/✕ \d+/)
    expect(lit[0]).toMatch(/\d lost by the second; [\d,]+ lost in the last 2 minutes/)
  })

  test('names every stage once, and keeps what changes out of the names', () => {
    const names = buttons(html).map((one) => /aria-label="([^"]*)"/.exec(one)?.[1])
    expect(names).toHaveLength(12)
    expect(new Set(names).size).toBe(12)
    expect(names.join()).not.toMatch(/\d/)
  })

  test('can be reached by one stop of the Tab key', () => {
    expect(buttons(html).filter((one) => one.includes('tabindex="0"'))).toHaveLength(1)
  })

  test('tells the ring’s size and claims no fill', () => {
    expect(stageOf(html, 'ring')).toContain(
      '128 descriptors; how many of them are taken, the card does not say',
    )
    expect(stageOf(html, 'accept-queue')).toContain('0 of 8 connections')
  })
})

test('a stage has one place to come back to from its panel, on the map and in the table', () => {
  const view = mapView(wave)
  const table = view && renderToStaticMarkup(<StageTable view={view} selected="ring" onSelect={() => {}} />)
  for (const html of [drawn(wave), table]) expect(html?.match(/id="live-ring"/g)).toHaveLength(1)
})

test('a machine that sleeps keeps its last figures and says so', () => {
  expect(drawn(recorded, 'asleep')).toContain('these are its last figures')
})

test('without a reading there is no path yet, and that is said', () => {
  expect(drawn([])).toContain('first reading is on its way')
  expect(buttons(drawn([]))).toEqual([])
})

test.runIf(process.env.RINGSIDE_PICTURES)('as a page of its own, without a machine', () => {
  const css = (name: string) => readFileSync(path.join(import.meta.dirname, '../..', name), 'utf8')
  const tokens = /@theme \{([\s\S]*?)\n\}/.exec(css('_ui/frame/tokens.css'))?.[1] ?? ''
  const style = [
    `:root{color-scheme:light dark;${tokens.replace('--color-*: initial;', '').replace('--shadow-*: initial;', '')}}`,
    'body{margin:0;background:var(--color-paper);color:var(--color-ink);font:15px/1.55 Inter Variable,sans-serif}',
    'button{all:unset;box-sizing:border-box;cursor:pointer}h2{font-size:11px;margin:0}',
    '.sr-only{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}',
    css('_ui/path/path.css'),
    css('_ui/map/map.css'),
  ].join('\n')
  mkdirSync(process.env.RINGSIDE_PICTURES ?? '', { recursive: true })
  writeFileSync(
    path.join(process.env.RINGSIDE_PICTURES ?? '', 'map.html'),
    `<!doctype html><meta charset="utf-8"><style>${style}</style>${[drawn(wave), drawn(recorded, 'asleep')].join('<br>')}`,
  )
})
