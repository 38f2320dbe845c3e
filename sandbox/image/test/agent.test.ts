/** The agent alone: frames in, frames out, with no world to be kind to it. */

import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { encodeFrame } from '../../wire.ts'
import { builtPrograms, until } from './harness.fixture.ts'
import { AgentAlone, legB, size, u32 } from './leg-b.fixture.ts'

const minute = 60_000
const programs = builtPrograms()

test('frames may be cut at every byte', { timeout: minute }, async () => {
  await using alone = await AgentAlone.start(programs)
  const frame = encodeFrame({ type: legB.ping, channel: 0, payload: u32(4711) })
  for (let cut = 1; cut < frame.length; cut++) {
    alone.frames.length = 0
    alone.sendRaw(frame.subarray(0, cut))
    await delay(5)
    alone.sendRaw(Buffer.concat([frame.subarray(cut), frame]))
    await until(() => alone.text(legB.pong, 0).length === 8)
  }
})

test('a script runs to its end, with its output before its exit', { timeout: minute }, async () => {
  await using alone = await AgentAlone.start(programs)
  alone.send(legB.exec, 3, 'cat; echo out; echo err >&2; test "$PWD" = "$HOME"; echo $?; exit 5')
  const exit = await alone.got(legB.exit, 3)
  expect(exit.payload.readInt32LE()).toBe(5)
  expect(alone.text(legB.stdout, 3)).toBe('out\n0\n')
  expect(alone.text(legB.stderr, 3)).toBe('err\n')
  expect(alone.frames.at(-1)).toBe(exit)
})

test('large output is whole, and a daemon left behind holds nobody up', { timeout: minute }, async () => {
  await using alone = await AgentAlone.start(programs)
  alone.send(
    legB.exec,
    1,
    '(while sleep 0.01; do echo still here; done) & head -c 3000000 /dev/zero; kill -9 $$',
  )
  const exit = await alone.got(legB.exit, 1, 20_000)
  expect(exit.payload.readInt32LE()).toBe(137)
  expect(alone.text(legB.stdout, 1).length).toBeGreaterThanOrEqual(3_000_000)
})

test('KILL ends the whole group', { timeout: minute }, async () => {
  await using alone = await AgentAlone.start(programs)
  alone.send(legB.exec, 2, 'sleep 4321 & echo $!; wait')
  await until(() => /^\d+\n$/.test(alone.text(legB.stdout, 2)))
  alone.send(legB.kill, 2)
  expect((await alone.got(legB.exit, 2)).payload.readInt32LE()).toBe(137)
  const sleeper = Number(alone.text(legB.stdout, 2))
  await until(() => gone(sleeper))
})

test('output keeps within the credit', { timeout: minute }, async () => {
  await using alone = await AgentAlone.start(programs)
  alone.send(legB.open, 1, size(80, 24))
  alone.send(legB.input, 1, 'yes\r')
  await delay(300)
  expect(alone.text(legB.output, 1)).toBe('')
  alone.send(legB.credit, 1, u32(10_000))
  await until(() => alone.text(legB.output, 1).length === 10_000)
  await delay(200)
  expect(alone.text(legB.output, 1).length).toBe(10_000)
  alone.send(legB.input, 1, '\x03')
  alone.send(legB.credit, 1, u32(1 << 20))
  await until(() => alone.text(legB.output, 1).includes('^C'))
})

test('hostile lengths, channels and types harm nobody', { timeout: minute }, async () => {
  await using alone = await AgentAlone.start(programs)
  for (const type of [...Object.values(legB), 0x00, 0x55, 0xff])
    for (const channel of [0, 9, 16, 255])
      for (const length of [0, 1, 3, 5, 70_000])
        if (type !== legB.exec || channel > 15) alone.send(type, channel, Buffer.alloc(length, 0xff))
  alone.frames.length = 0
  alone.send(legB.ping, 0, u32(1))
  await alone.got(legB.pong)

  alone.sendRaw(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x10, 0]))
  await until(() => alone.agent.exitCode === 1)
})

test('a short gap of the port costs no shell, and half frames are forgotten', {
  timeout: minute,
}, async () => {
  await using alone = await AgentAlone.start(programs)
  alone.send(legB.open, 1, size(80, 24))
  alone.send(legB.credit, 1, u32(1 << 20))
  alone.send(legB.input, 1, 'echo here-$((40+2))\r')
  await until(() => alone.text(legB.output, 1).includes('here-42'))
  alone.sendRaw(Buffer.from([200, 0, 0, 0, 0x15, 1, 65]))
  await delay(50)
  alone.hangUp()
  await until(() => alone.connected())
  alone.send(legB.input, 1, 'echo again-$((40+3))\r')
  await until(() => alone.text(legB.output, 1).includes('again-43'))
})

test('a gap for good ends all that was started', { timeout: minute }, async () => {
  await using alone = await AgentAlone.start(programs)
  alone.send(legB.exec, 1, 'echo $$; sleep 9999')
  await until(() => /^\d+\n$/.test(alone.text(legB.stdout, 1)))
  const pid = Number(alone.text(legB.stdout, 1))
  await alone[Symbol.asyncDispose]()
  await until(() => gone(pid))
})

test('a script finds a bash that waits already, and another one when somebody has ended that', {
  timeout: minute,
}, async () => {
  await using alone = await AgentAlone.start(programs)
  alone.send(legB.exec, 1, 'ps -o etimes= -p $$; echo $PPID')
  await alone.got(legB.exit, 1)
  const agent = Number(alone.text(legB.stdout, 1).trim().split('\n')[1])
  const runners = async () => {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=,args=', '--ppid', String(agent)])
    return stdout.split('\n').filter((line) => line.includes('. /dev/fd/3'))
  }
  await until(async () => (await runners()).length === 1)
  process.kill(Number.parseInt((await runners())[0] as string, 10), 'SIGKILL')
  await until(async () => (await runners()).every((line) => line.includes('defunct')))
  alone.send(legB.exec, 2, 'echo still; exit 3')
  expect((await alone.got(legB.exit, 2)).payload.readInt32LE()).toBe(3)
  expect(alone.text(legB.stdout, 2)).toBe('still\n')
})

function gone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}
