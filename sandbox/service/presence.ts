/**
 * Whether somebody is still behind a socket, asked so often that a laptop that sleeps is noticed within seconds. Only while it matters: a browser
 * answers by itself, but a telephone's radio has to wake up for it. Knows no page.
 */
import type { WebSocket } from 'ws'

const everyMs = 2_000
/** Two questions may get lost. Questions are counted, not seconds: a service that stood still itself must not take its own silence for theirs. */
const mostUnanswered = 3

/** Ends the socket when nobody answers. Returns what begins and stops the asking. */
export function presence(socket: WebSocket): (matters: boolean) => void {
  let timer: ReturnType<typeof setInterval> | undefined
  let unanswered = 0
  socket.on('pong', () => {
    unanswered = 0
  })
  const stop = (): void => {
    clearInterval(timer)
    timer = undefined
  }
  socket.once('close', stop)
  const ask = (): void => {
    unanswered += 1
    socket.ping()
  }
  return (matters) => {
    if (!matters) return stop()
    if (timer) return
    unanswered = 0
    timer = setInterval(() => (unanswered >= mostUnanswered ? socket.terminate() : ask()), everyMs)
    ask()
  }
}
