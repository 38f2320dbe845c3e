/** A clock that can be set, started and stopped: real time, times a speed. Knows not what it plays. */
'use client'
import { useEffect, useState } from 'react'

export const speeds = [1, 2, 4, 16] as const

export interface Player {
  t: number
  playing: boolean
  speed: number
  set(t: number): void
  toggle(): void
  faster(speed: number): void
}

/** So often is what it shows drawn anew. */
const tickMs = 100

export function usePlayer({ from, to }: { from: number; to: number }): Player {
  const [t, setT] = useState(from)
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<number>(1)
  useEffect(() => setT(from), [from])
  useEffect(() => {
    if (!playing) return
    let last = performance.now()
    const timer = setInterval(() => {
      const now = performance.now()
      const passed = (now - last) * speed
      last = now
      setT((before) => Math.min(to, before + passed))
    }, tickMs)
    return () => clearInterval(timer)
  }, [playing, speed, to])
  const over = t >= to
  useEffect(() => {
    if (over) setPlaying(false)
  }, [over])
  return {
    ...{ t, playing, speed },
    set: (next) => setT(Math.min(to, Math.max(from, next))),
    toggle() {
      if (over) setT(from)
      setPlaying(!playing)
    },
    faster: setSpeed,
  }
}
