/** The search: one field, and a list that one walks with the arrows. The field keeps the focus; the list says which entry is meant. */
'use client'
import { Dialog } from '@base-ui/react/dialog'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { keysText, paletteText as text } from '#/app/_text/en.ts'
import { Button } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { release } from './ahead.ts'
import type { OverlayProps } from './overlay.ts'
import { type Entry, excerpt } from './search.ts'
import { useSearch } from './useSearch.ts'

export function Palette({ onClose, onHelp }: OverlayProps) {
  const router = useRouter()
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [question, setQuestion] = useState('')
  const [at, setAt] = useState(0)
  const { results, loading, problem, again } = useSearch(question)
  const here = Math.min(at, Math.max(results.length - 1, 0))
  const optionId = (index: number) => `${id}-${index}`

  function open(entry: Entry | undefined) {
    if (!entry) return
    onClose()
    router.push(entry.href)
  }
  function hear(event: KeyboardEvent) {
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, PageDown: here + 8, PageUp: here - 8 }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      const last = results.length - 1
      const wraps = event.key.startsWith('Arrow')
      setAt(wraps ? (to + results.length) % Math.max(results.length, 1) : Math.max(0, Math.min(last, to)))
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      open(results[here])
    }
  }
  function takeOver() {
    const typed = release()
    if (typed === '') return
    setQuestion((before) => before + typed)
    setAt(0)
  }
  useEffect(() => {
    document.getElementById(`${id}-${here}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, here])

  return (
    <Dialog.Root open onOpenChange={(still) => !still && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="overlay" />
        <Dialog.Popup className="palette" initialFocus={field}>
          <Dialog.Title className="sr-only">{text.title}</Dialog.Title>
          <input
            ref={field}
            role="combobox"
            aria-label={text.field}
            aria-expanded={results.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={results.length > 0 ? optionId(here) : undefined}
            placeholder={text.field}
            autoComplete="off"
            spellCheck={false}
            enterKeyHint="go"
            value={question}
            onChange={({ target }) => {
              setQuestion(target.value)
              setAt(0)
            }}
            onFocus={takeOver}
            onKeyDown={hear}
          />
          <div id={`${id}-list`} role="listbox" aria-label={text.results} className="palette-list">
            {results.map((entry, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and hears Enter
              <div
                key={`${entry.kind} ${entry.href} ${entry.title}`}
                id={optionId(index)}
                role="option"
                tabIndex={-1}
                aria-selected={index === here}
                className="palette-entry"
                onPointerMove={() => setAt(index)}
                onClick={() => open(entry)}
              >
                <Found entry={entry} question={question} />
              </div>
            ))}
          </div>
          <Said question={question} count={results.length} loading={loading} />
          {problem && (
            <ProblemNote problem={problem} className="m-4">
              <Button onClick={again}>{text.again}</Button>
            </ProblemNote>
          )}
          <p className="palette-foot">
            {text.hints.map(([key, meaning]) => (
              <span key={key}>
                <kbd>{key}</kbd> {meaning}
              </span>
            ))}
            <button type="button" className="link ml-auto" onClick={onHelp}>
              {text.keysHint}
            </button>
            <Dialog.Close className="link">{keysText.close}</Dialog.Close>
          </p>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Found({ entry: { kind, title, where, text: body }, question }: { entry: Entry; question: string }) {
  const piece = question.trim() === '' ? '' : excerpt(body, question)
  const isCode = kind === 'command' || kind === 'counter'
  return (
    <>
      <span className="palette-title">
        <span className={isCode ? 'font-mono text-[0.8125rem]' : ''}>{title}</span>
        <span className="caps shrink-0 text-muted">{text.kinds[kind]}</span>
      </span>
      <span className="palette-where">{piece === '' ? where : `${where}: ${piece}`}</span>
    </>
  )
}

/** Told to those who do not see the list; shown when there is none. */
function Said({ question, count, loading }: { question: string; count: number; loading: boolean }) {
  const nothing = count === 0 && !loading
  return (
    <p role="status" className={nothing || loading ? 'px-4 py-3 text-sm text-muted' : 'sr-only'}>
      {loading ? text.loading : nothing ? text.nothing(question.trim()) : text.count(count)}
    </p>
  )
}
