/** Which notices were seen, of one room: kept by the browser, so that no tab and no reload brings anybody along twice. */
'use client'
import { useCallback, useState } from 'react'

const storageKey = 'ringside-room-seen'

interface Kept {
  room: string
  keys: string[]
}

export function useSeen(room: string): [ReadonlySet<string>, (...keys: string[]) => void] {
  const [seen, setSeen] = useState<Kept>(() => read(room))
  const add = useCallback(
    (...keys: string[]) => {
      // Another tab may have seen something meanwhile.
      const kept = { room, keys: [...new Set([...read(room).keys, ...keys])] }
      try {
        localStorage.setItem(storageKey, JSON.stringify(kept))
      } catch {
        // A browser that keeps nothing shows it again after a reload.
      }
      setSeen(kept)
    },
    [room],
  )
  return [new Set(seen.room === room ? seen.keys : []), add]
}

function read(room: string): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? '') as Kept
    if (kept.room === room && Array.isArray(kept.keys)) return kept
  } catch {
    // Nothing kept, or not by us.
  }
  return { room, keys: [] }
}
