/**
 * On every page of somebody who is signed in: listens for their workshop room and shows its bar while one is open. What listens and what is shown comes
 * after the page, so that it costs its first script next to nothing.
 */
'use client'
import { usePathname } from 'next/navigation'
import { type ComponentType, useEffect, useRef, useState } from 'react'
import type { Seat, SeatStore } from './seat-store.ts'

type Bar = ComponentType<{ view: NonNullable<Seat['view']>; live: boolean; ahead: number }>

/** @param open whether one is open as the page is made: then its place is kept, and nothing jumps when the bar comes */
export function RoomSeat({ open }: { open: boolean }) {
  const path = usePathname()
  const store = useRef<SeatStore | null>(null)
  const [seat, setSeat] = useState<Seat | null>(null)
  const [Bar, setBar] = useState<Bar | null>(null)
  const isOpen = seat !== null && seat.view !== null
  useEffect(() => {
    let gone = false
    import('./seat-store.ts').then(
      ({ seatStore }) => {
        if (gone) return
        const opened = seatStore()
        store.current = opened
        opened.subscribe(() => setSeat(opened.seat()))
      },
      () => {},
    )
    return () => {
      gone = true
      store.current?.stop()
      store.current = null
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what moved
  useEffect(() => store.current?.moved(), [path])
  useEffect(() => {
    if (isOpen)
      import('./RoomBar.tsx').then(
        ({ RoomBar }) => setBar(() => RoomBar),
        () => {},
      )
  }, [isOpen])
  if (seat?.view && Bar) return <Bar view={seat.view} live={seat.live} ahead={seat.ahead} />
  return open && seat?.view !== null ? <div className="room-bar" /> : null
}
