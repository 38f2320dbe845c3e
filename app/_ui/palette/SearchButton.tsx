/** The search for those who use a mouse or a finger. */
'use client'
import { Search } from 'lucide-react'
import { paletteText } from '#/app/_text/en.ts'
import { IconButton } from '../control/Button.tsx'
import { searchWish } from './overlay.ts'

export const SearchButton = ({ className }: { className?: string }) => (
  <IconButton
    label={paletteText.open}
    aria-keyshortcuts="Control+K Meta+K"
    className={className}
    onClick={() => window.dispatchEvent(new Event(searchWish))}
  >
    <Search />
  </IconButton>
)
