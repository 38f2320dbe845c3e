/** The command line’s contract: exit codes, one JSON document, help everywhere. Run as a program. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from './environment.ts'

function ringside(...args: string[]) {
  const program = [join(repository, 'cli/bootstrap.mjs'), ...args]
  return spawnSync(process.execPath, program, { encoding: 'utf8', env: { ...process.env, INIT_CWD: '' } })
}

test('every command says what it is for', () => {
  const commands = [
    'up',
    'doctor',
    'lab list',
    'lab show',
    'lab shell',
    'lab try',
    'lab prove',
    'lab new',
    'content check',
    'content new',
  ]
  for (const command of [...commands, 'bench start', 'test']) {
    const { status, stdout } = ringside(...command.split(' '), '--help')
    expect(status, command).toBe(0)
    expect(stdout, command).toContain('--json')
  }
}, 60_000)

test.each([
  [['frobnicate'], /unknown command 'frobnicate'/],
  [['lab', 'show', 'nope'], /no lab "nope"/],
  [['lab', 'list', '--colour'], /unknown option '--colour'/],
  [['lab', 'try', 'accept-queue', '--seed', 'x'], /whole number/],
  [['lab', 'prove'], /No lab was named/],
  [['lab', 'new', 'accept-queue'], /labs\/accept-queue already/],
  [['content', 'new', 'nic'], /01-nic.mdx already/],
  [['lab', 'try', 'accept-queue', '--fix', '/no/such/file'], /\/no\/such\/file cannot be read/],
])('%j: exit code 2, what is wrong and what to do', (args, message) => {
  const { status, stdout, stderr } = ringside(...args)
  expect(status).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toMatch(message)
  expect(stderr).toContain('What to do: ')
})

test('--json prints one document and nothing else, an error included', () => {
  const list = ringside('lab', 'list', '--json')
  expect(JSON.parse(list.stdout).labs[0]).toHaveProperty('id')
  const wrong = ringside('lab', 'show', 'nope', '--json')
  expect(wrong.status).toBe(2)
  expect(JSON.parse(wrong.stdout)).toEqual({
    error: { message: expect.any(String), remedy: expect.any(String) },
  })
})
