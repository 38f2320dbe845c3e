/**
 * Whether somebody looks at this page: it is in the foreground, and somebody moved, typed or scrolled in it within the last half hour. A
 * screen that was left on over night is looked at by nobody. Tells the sockets of the page, which tell the service; only changes, for to move
 * the mouse is not yet to work, and does not prolong a machine's time. Browser only.
 */

/** What there is to ask of the page and its clock. */
export interface LookPorts {
  visible(): boolean
  now(): number
}

const awayMs = 30 * 60_000

/** When to say what. Pure but for its ports. */
export function lookKeeper({ visible, now }: LookPorts, say: (seen: boolean) => void) {
  let movedAt = now()
  let said = visible()

  const tell = (seen: boolean) => {
    said = seen
    say(seen)
  }
  return {
    get seen() {
      return said
    },
    /** Somebody did something in this page. */
    moved() {
      movedAt = now()
      if (visible() && !said) tell(true)
    },
    /** The page came to the foreground or left it. */
    turned() {
      if (visible()) movedAt = now()
      if (visible() !== said) tell(visible())
    },
    /** Time has passed. */
    looked() {
      if (said && now() - movedAt >= awayMs) tell(false)
    },
  }
}

const listeners = new Set<(seen: boolean) => void>()
let keeper: ReturnType<typeof lookKeeper> | null = null

function keep(): ReturnType<typeof lookKeeper> {
  if (keeper) return keeper
  const ports = { visible: () => document.visibilityState === 'visible', now: Date.now }
  const made = lookKeeper(ports, (seen) => {
    for (const listener of listeners) listener(seen)
  })
  for (const move of ['pointermove', 'pointerdown', 'keydown', 'wheel'])
    document.addEventListener(move, made.moved, { passive: true, capture: true })
  document.addEventListener('visibilitychange', made.turned)
  setInterval(made.looked, 30_000)
  keeper = made
  return made
}

export const isSeen = (): boolean => keep().seen

/** Hears what is to be said of this page until the returned function is called. */
export function onLook(listener: (seen: boolean) => void): () => void {
  keep()
  listeners.add(listener)
  return () => listeners.delete(listener)
}
