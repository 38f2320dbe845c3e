/**
 * Hears a live channel of the app for as long as the page is seen: opened again by itself after any loss, later and later and never all at the same
 * moment, within ten seconds in any case. A page in the background lets go of it: a browser has six connections for all its tabs. Knows no React and
 * nothing of what is told.
 */
export interface Listener {
  news(text: string): void
  /** Whether the line stands. */
  live(isLive: boolean): void
}

/** What a browser's own has of it. */
export interface Source {
  onmessage: ((event: { data: string }) => void) | null
  onopen: (() => void) | null
  onerror: (() => void) | null
  addEventListener(type: 'beat' | 'none' | 'later', listener: () => void): void
  close(): void
}

export interface World {
  open(url: string): Source
  isSeen(): boolean
  /** Calls when that may have changed, or when the network came back. Returns how to stop. */
  onChange(listener: () => void): () => void
  random(): number
}

const retryMs = { first: 400, longest: 5_000 }
/** No place is free for who has nothing to miss; sooner when the page is another one. */
const laterMs = 120_000
/** Two beats missed, and some patience. */
const silenceMs = 40_000
/** Changing tabs for a moment is no leaving. */
const unseenMs = 10_000

export interface Line {
  /** Opens anew at once, under the address as it is now. */
  again(): void
  stop(): void
}

export function listen(url: () => string, listener: Listener, world: World = browser): Line {
  let source: Source | null = null
  let losses = 0
  let over = false
  let retry: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let unseen: ReturnType<typeof setTimeout> | undefined

  function open() {
    close()
    if (over) return
    const mine = world.open(url())
    source = mine
    const alive = () => {
      if (mine !== source) return
      losses = 0
      listener.live(true)
      clearTimeout(silence)
      silence = setTimeout(lost, silenceMs)
    }
    mine.onopen = alive
    mine.addEventListener('beat', alive)
    mine.addEventListener('none', () => mine === source && stop())
    mine.addEventListener('later', () => mine === source && wait(laterMs))
    mine.onmessage = ({ data }) => {
      if (mine !== source) return
      alive()
      listener.news(data)
    }
    mine.onerror = () => mine === source && lost()
  }

  function lost() {
    wait(Math.min(retryMs.longest, retryMs.first * 2 ** losses++))
  }

  function wait(ms: number) {
    close()
    listener.live(false)
    retry = setTimeout(open, ms * (0.5 + world.random() / 2))
  }

  function close() {
    for (const timer of [retry, silence, unseen]) clearTimeout(timer)
    unseen = undefined
    source?.close()
    source = null
  }

  function changed() {
    if (over) return
    if (world.isSeen()) {
      clearTimeout(unseen)
      unseen = undefined
      if (!source) open()
    } else
      unseen ??= setTimeout(() => {
        close()
        listener.live(false)
      }, unseenMs)
  }

  function stop() {
    over = true
    close()
    forget()
  }

  const forget = world.onChange(changed)
  if (world.isSeen()) open()
  return {
    again: () => {
      if (world.isSeen()) open()
    },
    stop,
  }
}

/** How far the server's clock is ahead of this one's: what the network adds is no news, and would have everything drawn anew. */
export function aheadOf(known: number, now: number): number {
  const ahead = now - Date.now()
  return Math.abs(ahead - known) < 1_500 ? known : ahead
}

const browser: World = {
  open: (url) => new EventSource(url) as unknown as Source,
  isSeen: () => document.visibilityState === 'visible',
  onChange(listener) {
    document.addEventListener('visibilitychange', listener)
    window.addEventListener('online', listener)
    return () => {
      document.removeEventListener('visibilitychange', listener)
      window.removeEventListener('online', listener)
    }
  },
  random: Math.random,
}
