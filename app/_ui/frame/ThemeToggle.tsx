/** Turns through automatic, light and dark. */
'use client'
import { Contrast, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { frameText } from '#/app/_text/en.ts'
import { IconButton } from '../control/Button.tsx'
import { applyTheme, type Theme, themes } from './theme.ts'

const icons = { auto: Contrast, light: Sun, dark: Moon }

export function ThemeToggle({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial)
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto'
  const Icon = icons[theme]
  return (
    <IconButton
      label={frameText.theme(theme, next)}
      onClick={() => {
        setTheme(next)
        applyTheme(next)
      }}
    >
      <Icon />
    </IconButton>
  )
}
