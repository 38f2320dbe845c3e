/**
 * An instrument in a reader's hand: keeps what was done to it and plays it. A timer runs only while it plays, which ends when nothing moves any
 * more or nobody sees it. What it shows is said aloud when it has come to rest, never at each step of its own.
 */
'use client'
import { type RefObject, useEffect, useReducer, useRef, useState, useSyncExternalStore } from 'react'
import { Face } from './Face.tsx'
import type { Instrument } from './instrument.ts'
import { begin, type Push, pushed, type Run } from './run.ts'

export function Live({ of }: { of: Instrument }) {
  const [run, push] = useReducer((before: Run, done: Push) => pushed(of, before, done), of, begin)
  const calm = useSyncExternalStore(onCalm, isCalm)
  const place = useRef<HTMLDivElement>(null)
  usePlaying(run.playing && !calm, of.periodMs, place, push)
  return (
    <div ref={place}>
      <Face of={of} run={run} hand={{ push, calm }}>
        <Said text={of.summary(run.state, run.settings)} moving={run.playing && !calm} />
      </Face>
    </div>
  )
}

const restMs = 600

/** For those who listen: empty until something was done, then what it came to. */
function Said({ text, moving }: { text: string; moving: boolean }) {
  const first = useRef(text)
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (moving || text === first.current) return
    first.current = ''
    const timer = setTimeout(() => setSaid(text), restMs)
    return () => clearTimeout(timer)
  }, [text, moving])
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  )
}

function usePlaying(
  playing: boolean,
  periodMs: number,
  place: RefObject<HTMLElement | null>,
  push: (push: Push) => void,
): void {
  useEffect(() => {
    if (!playing || !place.current) return
    const timer = setInterval(push, periodMs, { do: 'tick' })
    const pause = () => push({ do: 'pause' })
    const turned = () => document.hidden && pause()
    const gone = new IntersectionObserver(([entry]) => entry && !entry.isIntersecting && pause())
    gone.observe(place.current)
    document.addEventListener('visibilitychange', turned)
    return () => {
      clearInterval(timer)
      gone.disconnect()
      document.removeEventListener('visibilitychange', turned)
    }
  }, [playing, periodMs, place, push])
}

const wish = '(prefers-reduced-motion: reduce)'
const isCalm = () => matchMedia(wish).matches
function onCalm(heard: () => void): () => void {
  const query = matchMedia(wish)
  query.addEventListener('change', heard)
  return () => query.removeEventListener('change', heard)
}
