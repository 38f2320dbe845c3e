/**
 * A part whose script comes after the page's: null until it is there. React.lazy, and next/dynamic with it, show such a part 300 ms after its place was
 * drawn empty, however soon the script is there (facebook/react#36569); a state does not wait. Knows no part.
 */
'use client'
import { type ComponentType, useEffect, useState } from 'react'

interface Later<Props> {
  Part: ComponentType<Props> | null
  /** Why it could not be loaded, as an object, so that nothing that is thrown counts as nothing; null: it was not tried, or is there. */
  failed: { error: unknown } | null
  again(): void
}

/**
 * A part without which the page is still of use.
 * @param load the same function at every drawing
 * @param wanted nothing is loaded before
 */
export function useLaterOrNot<Props>(load: () => Promise<ComponentType<Props>>, wanted = true): Later<Props> {
  const [Part, setPart] = useState<ComponentType<Props> | null>(null)
  const [failed, setFailed] = useState<{ error: unknown } | null>(null)
  useEffect(() => {
    if (!wanted || failed) return
    let gone = false
    load().then(
      (part) => {
        if (!gone) setPart(() => part)
      },
      (error: unknown) => {
        if (!gone) setFailed({ error })
      },
    )
    return () => {
      gone = true
    }
  }, [load, wanted, failed])
  return { Part, failed, again: () => setFailed(null) }
}

/** A part that the page is there for: what cannot be loaded is the page's error. Parameters as above. */
export function useLater<Props>(
  load: () => Promise<ComponentType<Props>>,
  wanted = true,
): ComponentType<Props> | null {
  const { Part, failed } = useLaterOrNot(load, wanted)
  if (failed) throw failed.error
  return Part
}
