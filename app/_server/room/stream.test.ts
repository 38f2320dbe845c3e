import { setTimeout as pause } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { comeLater, eventStream, nothingToHear, type StreamOptions } from './stream.ts'

function opened(options: Partial<StreamOptions> = {}) {
  const gone = new AbortController()
  const stopped = vi.fn()
  let tell = (_text: string) => {}
  const begin: StreamOptions['begin'] = ({ news }) => {
    tell = news
    return stopped
  }
  const request = new Request('http://127.0.0.1/', { signal: gone.signal })
  const response = eventStream(request, { begin, stillMay: async () => true, ...options })
  return { response, gone, stopped, tell: (text: string) => tell(text) }
}

test('what is told arrives as events, uncompressed and unkept', async () => {
  const { response, tell, gone } = opened()
  tell('{"a":1}')
  tell('null')
  gone.abort()
  expect(await response.text()).toBe('retry: 60000\n\ndata: {"a":1}\n\ndata: null\n\n')
  expect(response.headers.get('cache-control')).toContain('no-transform')
  expect(await nothingToHear().text()).toContain('event: none')
  expect(await comeLater().text()).toContain('event: later')
})

test('who leaves is told nothing any more, however they leave', async () => {
  const first = opened()
  first.gone.abort()
  expect(first.stopped).toHaveBeenCalledTimes(1)
  first.tell('1')
  const second = opened()
  await second.response.body?.cancel()
  expect(second.stopped).toHaveBeenCalledTimes(1)
})

test('a stream beats, and ends by itself', async () => {
  const { response, stopped } = opened({ times: { beatMs: 10, lifeMs: 35 } })
  expect(await response.text()).toContain('event: beat')
  expect(stopped).toHaveBeenCalledTimes(1)
})

test('who may no longer hear it hears no more', async () => {
  let may = true
  const { stopped } = opened({ stillMay: async () => may, times: { beatMs: 5 } })
  await pause(30)
  expect(stopped).not.toHaveBeenCalled()
  may = false
  await vi.waitFor(() => expect(stopped).toHaveBeenCalledTimes(1), 20_000)
})

test('a browser that does not read is let go, and others are not', () => {
  const lazy = opened()
  for (let n = 0; n < 600; n++) lazy.tell('x'.repeat(1_000))
  expect(lazy.stopped).toHaveBeenCalledTimes(1)
})

test('what cannot begin leaves nothing behind', () => {
  const begin = () => {
    throw new Error('full')
  }
  expect(() => opened({ begin })).toThrow('full')
})

test('an app that is told to stop ends every stream', async () => {
  const { stopped } = opened()
  process.emit('SIGTERM')
  expect(stopped).toHaveBeenCalledTimes(1)
})
