/**
 * A part whose script comes after the page's: null until it is there. React.lazy, and next/dynamic with it, show such a part 300 ms after its place was
 * drawn empty, however soon the script is there (facebook/react#36569); a state does not wait. Knows no part.
 */
'use client'
import { type ComponentType, useEffect, useState } from 'react'

/**
 * @param load the same function at every drawing; what cannot be loaded is the page's error
 * @param wanted nothing is loaded before
 */
export function useLater<Props>(
  load: () => Promise<ComponentType<Props>>,
  wanted = true,
): ComponentType<Props> | null {
  const [Part, setPart] = useState<ComponentType<Props> | null>(null)
  useEffect(() => {
    if (!wanted) return
    let gone = false
    load().then(
      (part) => {
        if (!gone) setPart(() => part)
      },
      (error: unknown) => {
        if (gone) return
        setPart(() => {
          throw error
        })
      },
    )
    return () => {
      gone = true
    }
  }, [load, wanted])
  return Part
}
