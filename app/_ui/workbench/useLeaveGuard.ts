/**
 * Asks before a page with a live machine is left by accident: Ctrl-W in a shell closes the tab, a swipe over it goes back. A page cannot keep a
 * tab open nor take Ctrl-W (full-screen.ts says where it can); it can ask, in the browser's own words for closing, in ours for Back, where the
 * browser has the Navigation API. Elsewhere Back is not asked about: Forward brings everything back. See decision 13.
 */
'use client'
import { useEffect, useRef, useState } from 'react'
import { deservesQuestion } from './leave.ts'

interface NavigateEventLike extends Event {
  navigationType: string
  destination: { key: string }
}
interface NavigationLike extends EventTarget {
  traverseTo(key: string): unknown
}

export interface LeaveGuard {
  /** Somebody is about to go back. */
  asking: boolean
  stay(): void
  leave(): void
}

export function useLeaveGuard(live: boolean): LeaveGuard {
  const [target, setTarget] = useState<string | null>(null)
  const chosen = useRef(false)
  useEffect(() => {
    if (!live) return
    const navigation = (window as { navigation?: NavigationLike }).navigation
    const accident = () => deservesQuestion({ live, inTerminal: isInTerminal(), chosen: chosen.current })
    const close = (event: BeforeUnloadEvent) => {
      if (accident()) event.preventDefault()
    }
    const go = (event: Event) => {
      const { navigationType, destination } = event as NavigateEventLike
      if (navigationType !== 'traverse' || !event.cancelable || !accident()) return
      event.preventDefault()
      setTarget(destination.key)
    }
    // A link takes the focus where it is pressed by mouse, except in Safari.
    const press = ({ target }: Event) => {
      chosen.current = target instanceof Element && target.closest('a[href]') !== null
    }
    window.addEventListener('beforeunload', close)
    window.addEventListener('click', press, true)
    window.addEventListener('keydown', press, true)
    navigation?.addEventListener('navigate', go)
    return () => {
      window.removeEventListener('beforeunload', close)
      window.removeEventListener('click', press, true)
      window.removeEventListener('keydown', press, true)
      navigation?.removeEventListener('navigate', go)
    }
  }, [live])
  return {
    asking: target !== null,
    stay: () => setTarget(null),
    leave() {
      chosen.current = true
      setTarget(null)
      if (target !== null) (window as { navigation?: NavigationLike }).navigation?.traverseTo(target)
    },
  }
}

const isInTerminal = (): boolean => Boolean(document.activeElement?.closest('.terminal-stage'))
