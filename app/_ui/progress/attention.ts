/**
 * What a page of text learns from being scrolled: the heading one has reached, and whether one has come to the end by reading. Loaded after the
 * page; asks the document, decides in pure functions, tells whoever listens.
 */

/** A place counts when one has stayed there: paging through is not reading. */
const stayMs = 3_000

/** The end counts as read after a fifth of the reading time: quick readers pass, who jumps to the foot does not. */
export const hasReadLongEnough = (visibleMs: number, minutes: number): boolean =>
  visibleMs >= minutes * 60_000 * 0.2

/** The last heading above the upper third of the window. */
export function headingReached(tops: { id: string; top: number }[], windowHeight: number): string | null {
  return tops.filter(({ top }) => top < windowHeight / 3).at(-1)?.id ?? null
}

/** Tells each heading at which the reader stays, and the last one when the page goes out of sight. @returns how to stop */
export function followPlace(ids: readonly string[], tell: (id: string) => void): () => void {
  // This listens later than the page is there: who has scrolled before it has gone there, whom the address led there has not.
  const went = window.scrollY > 0 && location.hash === ''
  let told = went ? null : headingNow(ids)
  let timer: ReturnType<typeof setTimeout> | undefined
  const say = () => {
    clearTimeout(timer)
    const now = headingNow(ids)
    if (now === null || now === told) return
    told = now
    tell(now)
  }
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(say, stayMs)
  }
  const leave = () => document.visibilityState === 'hidden' && say()
  if (went) wait()
  window.addEventListener('scroll', wait, { passive: true })
  document.addEventListener('visibilitychange', leave)
  return () => {
    clearTimeout(timer)
    window.removeEventListener('scroll', wait)
    document.removeEventListener('visibilitychange', leave)
  }
}

/** Tells once that `end` is in sight and the page has been in front for long enough. @returns how to stop */
export function followEnd(end: Element, minutes: number, tell: () => void): () => void {
  let visibleMs = 0
  let inSight = false
  const observer = new IntersectionObserver(([entry]) => {
    inSight = entry?.isIntersecting ?? false
  })
  observer.observe(end)
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') visibleMs += 1_000
    if (!inSight || !hasReadLongEnough(visibleMs, minutes)) return
    stop()
    tell()
  }, 1_000)
  const stop = () => {
    observer.disconnect()
    clearInterval(timer)
  }
  return stop
}

function headingNow(ids: readonly string[]): string | null {
  const tops = ids.flatMap((id) => {
    const top = document.getElementById(id)?.getBoundingClientRect().top
    return top === undefined ? [] : [{ id, top }]
  })
  return headingReached(tops, window.innerHeight)
}
