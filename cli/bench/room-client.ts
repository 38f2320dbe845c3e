/**
 * A browser's part in a workshop room without a browser: signs in with the app's own forms and hears its live lines, opened again after a loss as
 * app/_ui/room/listen.ts does. Knows no figure.
 */
import { setTimeout as pause } from 'node:timers/promises'

export interface Visitor {
  /** Where a form led. @throws when it did not lead anywhere */
  form(path: string, fields: Record<string, string>): Promise<string>
  /** What was answered. @throws when it was refused */
  post(path: string, body: unknown): Promise<unknown>
  page(path: string): Promise<string>
  hear(path: () => string, news: (text: string) => void): Line
}

export interface Line {
  /** Opens anew, as on another page. */
  again(): void
  stop(): void
  /** How often it was opened. */
  readonly opened: number
}

/** One with cookies of its own. */
export function visitor(address: string): Visitor {
  const jar = new Map<string, string>()

  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { origin: address, cookie, ...init.headers }
    const response = await fetch(new URL(path, address), { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    return response
  }

  return {
    async form(path, fields) {
      const response = await ask(path, { method: 'POST', body: new URLSearchParams(fields) })
      await response.body?.cancel()
      const to = response.headers.get('location')
      if (!to) throw new Error(`${path} answered ${response.status} and led nowhere.`)
      return to
    },
    async post(path, body) {
      const response = await ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`)
      return text === '' ? null : JSON.parse(text)
    },
    async page(path) {
      const response = await ask(path)
      const to = response.headers.get('location')
      return to ? `${to}\n${await response.text()}` : response.text()
    },
    hear: (path, news) => hear((signal) => ask(path(), { signal }), news),
  }
}

const retryMs = { first: 400, longest: 5_000 }

function hear(open: (signal: AbortSignal) => Promise<Response>, news: (text: string) => void): Line {
  let current = new AbortController()
  let over = false
  let opened = 0
  let losses = 0

  async function run(): Promise<void> {
    while (!over) {
      const mine = new AbortController()
      current = mine
      await read(mine).catch(() => {})
      if (over) return
      // Moved on, not lost: at once.
      if (mine.signal.aborted) continue
      const ms = Math.min(retryMs.longest, retryMs.first * 2 ** losses++)
      await pause(ms * (0.5 + Math.random() / 2))
    }
  }

  async function read({ signal }: AbortController): Promise<void> {
    const response = await open(signal)
    if (!response.ok || !response.body) throw new Error(`answered ${response.status}`)
    opened++
    let kept = ''
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const events = (kept + chunk).split('\n\n')
      kept = events.pop() ?? ''
      for (const event of events) {
        losses = 0
        if (event.startsWith('data: ')) news(event.slice('data: '.length))
      }
    }
  }

  void run()
  return {
    again: () => current.abort(),
    stop() {
      over = true
      current.abort()
    },
    get opened() {
      return opened
    },
  }
}
