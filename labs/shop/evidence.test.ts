/** How a collection goes about it: in which order, and what it keeps. The server and the world are made up. */
import { expect, test } from 'vitest'
import type { Sandbox } from '../schema.ts'
import { collectShop } from './evidence.ts'

test('the state is told before any load; one that was told earlier is kept beside it', async () => {
  const done: string[] = []
  const told = '@@ netstat\nnow\n@@ end\n'
  const run = { exitCode: 0, stdout: told, stderr: '', ms: 100 }
  const sandbox = {
    guest: { run: async () => run },
    world: {
      load: async () => {
        done.push('load')
        return { ms: 1, results: [] }
      },
    },
    stateTold: async (state: string) => void done.push(state),
  } as unknown as Sandbox
  const plan = () => ({ dst: '198.18.0.2', port: 80, requests: [] })
  const first = await collectShop(sandbox, { parts: '', plan })
  expect(done).toEqual([told, 'load'])
  expect(first).toMatchObject({ state: told })
  expect(first).not.toHaveProperty('earlier')
  expect(await collectShop({ ...sandbox, earlier: 'then' }, { parts: '', plan })).toMatchObject({
    state: told,
    earlier: 'then',
  })
})
