/** The search for those who use a mouse or a finger. */
'use client'
import { keysText } from '#/app/_text/en.ts'
import { IconButton } from '../control/Button.tsx'
import { Icon } from '../control/Icon.tsx'
import { searchWish } from './overlay.ts'

export const SearchButton = ({ className }: { className?: string }) => (
  <IconButton
    label={keysText.open}
    aria-keyshortcuts="Control+K Meta+K"
    className={className}
    onClick={() => window.dispatchEvent(new Event(searchWish))}
  >
    <Icon name="search" />
  </IconButton>
)
