/** Looking after a server: no server. */
import { expect, test } from 'vitest'
import { watchServer } from './watchman.ts'

test('what cannot be started is tried again until it can, and nothing is started once it is over', async () => {
  const said: string[] = []
  let up = false
  let tries = 0
  const end = watchServer({
    isUp: async () => up,
    async start() {
      if (++tries < 3) throw new Error('No space left')
      up = true
    },
    say: (line) => said.push(line),
    ...{ everyMs: 1, againMs: 1 },
  })
  await expect.poll(() => tries).toBe(3)
  await expect.poll(() => said.at(-1)).toBe('The database server is up again.')
  expect(said.filter((line) => line.includes('No space left'))).toHaveLength(2)
  await end()
  up = false
  await new Promise((later) => setTimeout(later, 20))
  expect(tries).toBe(3)
})

test('whether it is up cannot be told for a moment: it is not started beside itself', async () => {
  let asked = 0
  let tries = 0
  const end = watchServer({
    isUp: () => (++asked < 3 ? Promise.reject(new Error('EMFILE')) : Promise.resolve(true)),
    start: async () => void tries++,
    say: () => {},
    everyMs: 1,
  })
  await expect.poll(() => asked).toBeGreaterThan(3)
  await end()
  expect(tries).toBe(0)
})
