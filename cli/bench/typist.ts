/**
 * Somebody at a terminal: types, sees what comes back, measures the time between. Works on any terminal that takes bytes and gives bytes, so
 * that the way through the gateway and the reference without it are measured by the same code. Knows no transport.
 */
import { setTimeout as pause } from 'node:timers/promises'

export interface Terminal {
  type(bytes: Buffer): void
  /** The one listener for everything that comes to the screen. */
  onOutput(listener: (bytes: Buffer) => void): void
  leave(): void
}

const impatienceMs = 10_000
const soonMs = 25

/** Times single keystrokes: each is waited for, then taken back with a backspace, so that the line stays short. */
export async function echoTimes(terminal: Terminal, keys: number, betweenKeysMs = soonMs): Promise<number[]> {
  const screen = watch(terminal)
  await screen.quiet(300)
  const times: number[] = []
  for (let index = 0; index < keys; index++) {
    times.push(await timed(() => terminal.type(Buffer.from('x')), screen.next('x')))
    const erased = screen.next('\b')
    terminal.type(Buffer.from('\x7f'))
    await erased
    await pause(betweenKeysMs)
  }
  return times
}

/** Times one key, at once and whatever is on the screen; what it wrote is taken back. */
export async function firstEcho(terminal: Terminal): Promise<number> {
  const screen = watch(terminal)
  const time = await timed(() => terminal.type(Buffer.from('x')), screen.next('x'))
  const erased = screen.next('\b')
  terminal.type(Buffer.from('\x7f'))
  await erased
  return time
}

/** Runs a command that floods the screen; the time until its last line has come. */
export async function floodTime(terminal: Terminal, command: string, lastLine: string): Promise<number> {
  const screen = watch(terminal)
  await screen.quiet(300)
  return timed(() => terminal.type(Buffer.from(`${command}\r`)), screen.next(`\n${lastLine}\r\n`, 60_000))
}

async function timed(act: () => void, seen: Promise<void>): Promise<number> {
  const began = performance.now()
  act()
  await seen
  return performance.now() - began
}

function watch(terminal: Terminal) {
  let recent = ''
  let last = performance.now()
  let waiting: { text: string; found: () => void } | null = null
  terminal.onOutput((bytes) => {
    last = performance.now()
    recent = (recent + bytes.toString('latin1')).slice(-4096 - bytes.length)
    if (!waiting || !recent.includes(waiting.text)) return
    const { found } = waiting
    waiting = null
    found()
  })
  return {
    next(text: string, withinMs = impatienceMs): Promise<void> {
      recent = ''
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting = null
          reject(new Error(`The terminal did not show ${JSON.stringify(text)} within ${withinMs / 1000} s.`))
        }, withinMs)
        waiting = {
          text,
          found: () => {
            clearTimeout(timer)
            resolve()
          },
        }
      })
    },
    async quiet(ms: number): Promise<void> {
      while (performance.now() - last < ms) await pause(20)
    },
  }
}
