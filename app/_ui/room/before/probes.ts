/** What a browser and its network can do, tried: each answers once, within its time. Knows no page. */
const patienceMs = 8_000
/** The service closes what has no ticket with this; anything else was not the service. */
const badTicket = 4401

/** What pages and terminal are built of. */
export const hasFeatures = (): boolean =>
  [
    typeof WebSocket === 'function',
    typeof EventSource === 'function',
    typeof BroadcastChannel === 'function',
    typeof ResizeObserver === 'function',
    typeof AbortSignal.timeout === 'function',
    typeof Array.prototype.toSorted === 'function',
    CSS.supports('color', 'light-dark(red, blue)'),
    CSS.supports('selector(:has(a))'),
  ].every(Boolean)

/** The gateway is reached: it refuses a ticket that is none, in its own words. */
export function reachesGateway(): Promise<boolean> {
  return within((done) => {
    const { protocol, host } = window.location
    const socket = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/ws/watch?ticket=none`)
    socket.onclose = ({ code }) => done(code === badTicket)
    return () => socket.close()
  })
}

/** An event arrives while the answer is still open: nothing on the way keeps it back. */
export function hearsEvents(): Promise<boolean> {
  return within((done) => {
    const source = new EventSource('/api/room/seat?at=/check')
    const heard = () => done(true)
    source.onmessage = heard
    source.addEventListener('none', heard)
    return () => source.close()
  })
}

function within(begin: (done: (isFine: boolean) => void) => () => void): Promise<boolean> {
  return new Promise((resolve) => {
    let stop = () => {}
    const finish = (isFine: boolean) => {
      clearTimeout(timer)
      resolve(isFine)
      stop()
    }
    const timer = setTimeout(() => finish(false), patienceMs)
    try {
      stop = begin(finish)
    } catch {
      finish(false)
    }
  })
}
