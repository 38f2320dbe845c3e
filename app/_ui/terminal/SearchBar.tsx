/** Searches the output of the shell in front. Enter and Shift-Enter go through the matches, Escape closes. */
'use client'
import type { SearchAddon } from '@xterm/addon-search'
import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { terminalText as text } from '#/app/_text/en.ts'
import { IconButton } from '../control/Button.tsx'
import { isDark } from '../frame/theme.ts'
import type { TerminalColours } from './settings.ts'
import { searchColours } from './theme.ts'

interface Props {
  find(): SearchAddon | undefined
  colours: TerminalColours
  onClose(): void
}

export function SearchBar({ find, colours, onClose }: Props) {
  const field = useRef<HTMLInputElement>(null)
  const [term, setTerm] = useState('')
  const [found, setFound] = useState({ index: -1, count: 0 })
  const search = find()
  useEffect(() => field.current?.focus(), [])
  useEffect(() => {
    const listening = search?.onDidChangeResults(({ resultIndex, resultCount }) =>
      setFound({ index: resultIndex, count: resultCount }),
    )
    return () => listening?.dispose()
  }, [search])
  const options = { decorations: searchColours(colours, isDark()) }
  const next = () => search?.findNext(term, options)
  const previous = () => search?.findPrevious(term, options)
  return (
    <search className="terminal-search">
      <input
        ref={field}
        type="search"
        aria-label={text.searchField}
        value={term}
        onChange={({ target }) => {
          setTerm(target.value)
          search?.findNext(target.value, { ...options, incremental: true })
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose()
          if (event.key === 'Enter') event.shiftKey ? previous() : next()
        }}
        className="field"
      />
      <span aria-live="polite" className="figures min-w-16 text-xs text-muted">
        {term === ''
          ? ''
          : found.count === 0
            ? text.searchNone
            : text.searchCount(found.index + 1, found.count)}
      </span>
      <IconButton label={text.searchPrevious} onClick={previous}>
        <ChevronUp />
      </IconButton>
      <IconButton label={text.searchNext} onClick={next}>
        <ChevronDown />
      </IconButton>
      <IconButton label={text.searchClose} onClick={onClose}>
        <X />
      </IconButton>
    </search>
  )
}
