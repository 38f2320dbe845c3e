/**
 * When a page that waits for something asks for itself again: soon at first, then less and less often, a little apart from the pages of others who wait
 * for the same, and never while nobody sees it. Knows no router and no React.
 */

const waitsMs = [3_000, 6_000, 12_000, 30_000]
/** A class whose time ended together would else ask together each time. */
const spread = 0.25

/** Until the returned function is called. */
export function askAgain(
  ask: () => void,
  page: Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>,
): () => void {
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function next(): void {
    const wait = waitsMs[Math.min(asked++, waitsMs.length - 1)] ?? 0
    timer = setTimeout(due, wait * (1 - spread + 2 * spread * Math.random()))
  }

  function due(): void {
    timer = undefined
    if (page.hidden) return
    ask()
    next()
  }

  /** What came due meanwhile is done now. */
  function seen(): void {
    if (timer === undefined) due()
  }

  page.addEventListener('visibilitychange', seen)
  next()
  return () => {
    page.removeEventListener('visibilitychange', seen)
    clearTimeout(timer)
  }
}
