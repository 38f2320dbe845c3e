/** Every machine that somebody may sit at, and what is done there or said to them. */
import { expect, test } from 'vitest'
import { type EngineFacts, planEngine } from './engine-plan.ts'

const bare: EngineFacts = {
  platform: 'linux',
  arch: 'x64',
  root: true,
  user: 'root',
  debian: true,
  systemd: true,
  ping: 'missing',
  dockerHost: undefined,
  dockerd: false,
}
const ada = { root: false, user: 'ada' }

test('an engine that answers is used, whoever asks and wherever it is', () => {
  expect(planEngine({ ...bare, ...ada, ping: 'answers' })).toEqual({ do: 'use' })
  expect(planEngine({ ...bare, ping: 'answers', dockerHost: 'tcp://big:2375', arch: 'arm64' })).toEqual({
    do: 'use',
  })
})

test('a bare Debian gets one installed, then started with systemd or, without an init system, by us', () => {
  expect(planEngine(bare)).toEqual({ do: 'install' })
  expect(planEngine({ ...bare, dockerd: true })).toEqual({ do: 'start with systemd' })
  expect(planEngine({ ...bare, dockerd: true, systemd: false })).toEqual({ do: 'start the daemon' })
})

test('a socket that a killed daemon left behind is no engine', () => {
  expect(planEngine({ ...bare, dockerd: true, systemd: false, ping: 'refused' })).toEqual({
    do: 'start the daemon',
  })
})

test.each([
  ['Debian, not root', { ...ada }, /sudo apt-get .*docker\.io .*usermod -aG docker ada/],
  ['Fedora as root', { debian: false }, /dnf install moby-engine/],
  ['installed, not started, not root', { ...ada, dockerd: true }, /sudo systemctl enable --now docker/],
  ['the same without systemd', { ...ada, dockerd: true, systemd: false }, /sudo service docker start/],
  ['no rights on the socket', { ...ada, ping: 'denied' as const }, /usermod -aG docker ada.*log out/],
  ['a Mac', { platform: 'darwin' }, /Docker Desktop/],
  ['BSD', { platform: 'freebsd' }, /DOCKER_HOST/],
  ['DOCKER_HOST that does not answer', { dockerHost: 'tcp://x:1', ping: 'refused' as const }, /unset it/],
  [
    'DOCKER_HOST that refuses us',
    { dockerHost: 'unix:///x', ping: 'denied' as const },
    /right to that socket/,
  ],
  ['an ARM machine', { arch: 'arm64' }, /x86-64 machine/],
])('%s: nothing is done, and what to do is said precisely', (_, facts, remedy) => {
  expect(planEngine({ ...bare, ...facts })).toMatchObject({
    do: 'refuse',
    remedy: expect.stringMatching(remedy),
  })
})
