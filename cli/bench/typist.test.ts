/** A keystroke’s time is measured from the key to its own echo. */
import { expect, test } from 'vitest'
import { echoTimes, floodTime, type Terminal } from './typist.ts'

/** A shell that answers every byte after so many ms. */
function shell(answer: (typed: string) => string, afterMs: number): Terminal {
  let show: (bytes: Buffer) => void = () => {}
  return {
    type: (bytes) => void setTimeout(() => show(Buffer.from(answer(bytes.toString()))), afterMs),
    onOutput: (listener) => {
      show = listener
    },
    leave: () => {},
  }
}

test('each key is timed until it is seen', async () => {
  const times = await echoTimes(
    shell((key) => (key === '\x7f' ? '\b \b' : key), 20),
    5,
  )
  expect(times).toHaveLength(5)
  for (const time of times) expect(time).toBeGreaterThanOrEqual(18)
})

test('a flood lasts until its last line has come', async () => {
  const answer = (command: string) => `${command}\n1\r\n2\r\n3\r\n$ `
  expect(await floodTime(shell(answer, 30), 'seq 1 3', '3')).toBeGreaterThanOrEqual(28)
})
