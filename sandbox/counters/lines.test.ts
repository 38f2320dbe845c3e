import { expect, test } from 'vitest'
import { lineWriter, readLines } from './lines.ts'
import { aSecond } from './second.fixture.ts'

const written = (seconds: Parameters<ReturnType<typeof lineWriter>>[0][]) => seconds.map(lineWriter())

test('seconds come back from their lines as they were', () => {
  const seconds = Array.from({ length: 150 }, (_, i) =>
    aSecond(1_000 * i, { stack: { TcpInSegs: i, TcpOutSegs: 7, IpInReceives: Math.floor(i / 40) } }),
  )
  expect(readLines(written(seconds).join('\n'))).toEqual(seconds)
})

test('an idle second is a fraction of a whole one', () => {
  const lines = written([aSecond(0), aSecond(1_000), aSecond(2_000)])
  expect(lines[1]?.length).toBeLessThan((lines[0]?.length ?? 0) / 4)
})

test('once a minute all is told again, so that a reader need not begin at the start', () => {
  const lines = written(Array.from({ length: 200 }, (_, i) => aSecond(1_000 * i)))
  const whole = lines.flatMap((line, i) => (line.includes('"whole":true') ? [i] : []))
  expect(whole).toEqual([0, 61, 122, 183])
})

test('a gap is a gap, and what follows needs nothing from before it', () => {
  const seconds = [aSecond(0), { ...aSecond(1_000), guest: null, tookMs: null }, aSecond(2_000)]
  const lines = written(seconds)
  expect(readLines(lines.join('\n'))).toEqual(seconds)
  expect(readLines(lines[2] ?? '')).toEqual(seconds.slice(2))
})

test('a new machine begins with a whole line', () => {
  const lines = written([aSecond(0), { ...aSecond(1_000), generation: 1 }])
  expect(readLines(lines[1] ?? '')).toHaveLength(1)
})

test('torn and foreign lines are as if they were not there', () => {
  const lines = written([aSecond(0), aSecond(1_000)])
  const torn = [
    lines[0]?.slice(5),
    '{',
    'null',
    '[]',
    '{"t":1}',
    '',
    lines[0],
    `${lines[1]?.slice(0, 40)}`,
    lines[1],
  ]
  expect(readLines(torn.join('\n'))).toEqual([aSecond(0), aSecond(1_000)])
  expect(readLines(lines[1] ?? '')).toEqual([])
})
