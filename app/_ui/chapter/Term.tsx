/** A word explained in place: press it and its meaning stands in the sentence. */
'use client'
import { type ReactNode, useState } from 'react'

export function Term({ means, children }: { means: string; children?: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className="term">
        {children}
      </button>
      <span className={open ? 'term-means' : 'term-means term-closed'}> ({means})</span>
    </>
  )
}
