import { expect, test } from 'vitest'
import { destination } from './anchors.ts'

const from = { chapter: 'nic', held: new Set(['nic', 'rss']), home: 'http://ringside.test' }
const leads = (href: string) => destination(href, from)

test('what the file holds is reached within it', () => {
  expect(leads('#the-ring')).toEqual({ href: '#nic--the-ring', toRingside: false })
  expect(leads('/chapters/rss')).toEqual({ href: '#rss', toRingside: false })
  expect(leads('/chapters/rss#one-core')).toEqual({ href: '#rss--one-core', toRingside: false })
})

test('what it does not hold is reached in the Ringside that made it', () => {
  expect(leads('/chapters/softirq#budget')).toEqual({
    href: 'http://ringside.test/chapters/softirq#budget',
    toRingside: true,
  })
  expect(leads('/labs/ring-overflow').href).toBe('http://ringside.test/labs/ring-overflow')
})

test('a source on the web stays as it is', () => {
  expect(leads('https://docs.kernel.org/').href).toBe('https://docs.kernel.org/')
})
