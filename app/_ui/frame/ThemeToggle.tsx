/** Turns through automatic, light and dark. */
'use client'
import { useState } from 'react'
import { frameText } from '#/app/_text/en.ts'
import { IconButton } from '../control/Button.tsx'
import { Icon } from '../control/Icon.tsx'
import { applyTheme, type Theme, themes } from './theme.ts'

const icons = { auto: 'contrast', light: 'sun', dark: 'moon' } as const

export function ThemeToggle({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial)
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto'
  return (
    <IconButton
      label={frameText.theme(theme, next)}
      onClick={() => {
        setTheme(next)
        applyTheme(next)
      }}
    >
      <Icon name={icons[theme]} />
    </IconButton>
  )
}
