/** Brings the terminal's script, so that whoever looks at a machine from here does not wait for it. Draws nothing. */
'use client'
import { useEffect } from 'react'

export function TerminalAhead() {
  useEffect(() => void import('../terminal/TerminalView.tsx'), [])
  return null
}
