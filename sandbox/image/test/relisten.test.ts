/** bash's builtin `relisten`, loaded into this machine's bash. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ringside-relisten-'))
  await run('make', ['-C', path.join(import.meta.dirname, '../relisten'), `OUT=${folder}`])
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const bash = (script: string) => run('bash', ['-c', `enable -f ${folder}/relisten.so relisten; ${script}`])

test('gives a listening socket a new limit, as a restart of its server would', async () => {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 7 }, resolve))
  const { port } = server.address() as net.AddressInfo
  const limit = async () => (await run('ss', ['-Hlnt', `sport = :${port}`])).stdout.split(/\s+/)[2]
  try {
    expect(await limit()).toBe('7')
    await bash(`relisten ${port} 33 33`)
    expect(await limit()).toBe('33')
    await expect(bash(`relisten ${port} 34 33`)).rejects.toThrow('the queue holds 34, not 33')
    await bash(`relisten ${port} 34 33; relisten ${port} 35 35`)
    expect(await limit()).toBe('35')
  } finally {
    server.close()
  }
})

test('says what is wrong', async () => {
  await expect(bash('relisten 1 33 33')).rejects.toThrow('nothing listens on port 1')
  for (const words of ['', '80', '80 1', '80 1 1 1', '0 1 1', '80 x 1'])
    await expect(bash(`relisten ${words}`)).rejects.toThrow('usage: relisten PORT BACKLOG LIMIT')
})
