/** The terminal's settings as this browser keeps them: what is chosen holds at once in every shell of every tab. */
'use client'
import { useEffect, useState } from 'react'
import { loadSettings, parseSettings, saveSettings, settingsKey, type TerminalSettings } from './settings.ts'

export function useSettings(): [TerminalSettings, (next: TerminalSettings) => void] {
  const [settings, setSettings] = useState(loadSettings)
  useEffect(() => {
    // Heard only from other tabs.
    const hear = ({ key, newValue }: StorageEvent) => {
      if (key === settingsKey) setSettings(parseSettings(newValue))
    }
    window.addEventListener('storage', hear)
    return () => window.removeEventListener('storage', hear)
  }, [])
  const settle = (next: TerminalSettings) => {
    setSettings(next)
    saveSettings(next)
  }
  return [settings, settle]
}
