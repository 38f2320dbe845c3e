/**
 * Whether somebody is still behind a socket, asked so often that a laptop that sleeps is noticed within seconds. Only while it matters: a browser
 * answers by itself, but a telephone's radio has to wake up for it. Knows no page.
 */
import type { WebSocket } from 'ws'

const everyMs = 2_000
/** Two questions may get lost. */
const patienceMs = 6_000

/** Ends the socket when nobody answers. Returns what begins and stops the asking. */
export function presence(socket: WebSocket): (matters: boolean) => void {
  let timer: ReturnType<typeof setInterval> | undefined
  let answered = 0
  socket.on('pong', () => {
    answered = Date.now()
  })
  const stop = (): void => {
    clearInterval(timer)
    timer = undefined
  }
  socket.once('close', stop)
  return (matters) => {
    if (!matters) return stop()
    if (timer) return
    answered = Date.now()
    timer = setInterval(() => {
      if (Date.now() - answered > patienceMs) socket.terminate()
      else socket.ping()
    }, everyMs)
    socket.ping()
  }
}
