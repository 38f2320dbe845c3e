/** A warning in the title of a page that nobody sees. Knows no machine. */

/** As much of a document as that takes. */
interface TitledPage {
  title: string
  readonly visibilityState: DocumentVisibilityState
  addEventListener(type: 'visibilitychange', listener: () => void): void
  removeEventListener(type: 'visibilitychange', listener: () => void): void
}

/** @param warn the title while nobody sees the page, made of its own. @returns how to take it back */
export function warnInTitle(page: TitledPage, warn: (title: string) => string): () => void {
  const own = page.title
  let given = own
  const show = () => {
    // Somebody else's by now: a link has led to another page, whose title comes before this one is taken away.
    if (page.title !== given) return
    given = page.visibilityState === 'hidden' ? warn(own) : own
    page.title = given
  }
  show()
  page.addEventListener('visibilitychange', show)
  return () => {
    page.removeEventListener('visibilitychange', show)
    if (page.title === given) page.title = own
  }
}
