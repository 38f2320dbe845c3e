/** By which of their files systemd and Puma go. */
import { expect, test } from 'vitest'
import type { BootLine } from '../reading/boot.ts'
import { backlogAtBoot } from './boot.ts'

const short = "environment 'production'\nbind 'tcp://0.0.0.0:80?backlog=9' # short queue\n"
const service = (text: string): BootLine => ({ file: '/etc/systemd/system/puma.service', text })
const socket = (text: string): BootLine => ({ file: '/etc/systemd/system/puma.socket', text })

test.each([
  ['with a backlog', short, 9],
  ['with one in brackets', 'bind("tcp://0.0.0.0:80?backlog=4096")', 4096],
  ['without one', "bind 'tcp://0.0.0.0:80' # was ?backlog=9", 1024],
  ['that is a remark', "# bind 'tcp://0.0.0.0:80?backlog=9'", 1024],
  ['of another port', `bind 'tcp://127.0.0.1:9000?backlog=5'\n${short}`, 9],
  ['that nobody wrote', '', 1024],
])('Puma goes by the bind of its file %s', (_, config, backlog) =>
  expect(backlogAtBoot([], config)).toBe(backlog),
)

test.each([
  '-b tcp://0.0.0.0:80?backlog=2048',
  '-b "tcp://0.0.0.0:80?backlog=2048"',
  "--bind='tcp://0.0.0.0:80?backlog=2048'",
  '--bind tcp://0.0.0.0:80?backlog=2048 -e production',
])('Puma goes by its command line first: %s', (option) => {
  const lines = [service(`ExecStart=/srv/shop/bin/puma -C /etc/puma/puma.rb ${option}`)]
  expect(backlogAtBoot(lines, short)).toBe(2048)
  expect(backlogAtBoot([{ ...lines[0], file: '/etc/systemd/system/other.service' } as BootLine], short)).toBe(
    9,
  )
})

test('what systemd listens on Puma does not listen on again', () => {
  const lines = [socket('ListenStream = 0.0.0.0:80')]
  expect(backlogAtBoot([...lines, socket('Backlog=2048')], short)).toBe(2048)
  expect(backlogAtBoot([...lines, socket('Backlog = 9'), socket('Backlog=many')], '')).toBe(9)
  expect(backlogAtBoot(lines, short)).toBe(Number.POSITIVE_INFINITY)
  expect(backlogAtBoot([socket('ListenStream=8080')], short)).toBe(9)
})
