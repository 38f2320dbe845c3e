/** What a browser remembers of the panes, and for which pages. */
import { afterEach, expect, test, vi } from 'vitest'
import { type Panes, panesCookie, parsePanes, rememberPanes } from './panes.ts'

afterEach(() => void vi.unstubAllGlobals())

const panes: Panes = { side: 500, world: 200, sideShut: true, worldShut: false, alone: true }

/** A browser's cookies: name and path are one. */
function browser() {
  const jar = new Map<string, string>()
  vi.stubGlobal('document', {
    set cookie(text: string) {
      const [pair = '', ...attributes] = text.split('; ')
      const [name, value = ''] = pair.split('=')
      const key = `${name} ${attributes.find((one) => one.startsWith('path='))}`
      if (attributes.includes('max-age=0')) jar.delete(key)
      else jar.set(key, value)
    },
  })
  return jar
}

test('they are remembered for every page that has a workbench', () => {
  const jar = browser()
  rememberPanes(panes)
  expect(parsePanes(jar.get(`${panesCookie} path=/`))).toEqual(panes)
})

test('what was remembered for labs alone does not come before it', () => {
  const jar = browser()
  jar.set(`${panesCookie} path=/labs`, 'old')
  rememberPanes(panes)
  expect([...jar.keys()]).toEqual([`${panesCookie} path=/`])
})

test('what was remembered before there was a terminal alone still holds', () => {
  const { alone: _, ...before } = panes
  expect(parsePanes(encodeURIComponent(JSON.stringify(before)))).toEqual({ ...panes, alone: false })
})
