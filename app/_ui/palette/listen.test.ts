/** What the document says of its keys, with as much of a document as that takes. */
import { afterEach, expect, test, vi } from 'vitest'
import { listen } from './listen.ts'

afterEach(() => void vi.unstubAllGlobals())

test('the document says that its keys are heard, and not before they are', () => {
  const dataset: Record<string, string> = {}
  const saidAt: string[][] = []
  vi.stubGlobal('document', { documentElement: { dataset } })
  vi.stubGlobal('window', { addEventListener: () => saidAt.push(Object.keys(dataset)) })
  listen({ search() {}, help() {}, go() {} })
  expect(saidAt).toEqual([[]])
  expect(Object.keys(dataset)).toEqual(['hearsKeys'])
})
