/** The sheet of keys, and the switch for those that are single letters. */
'use client'
import { Dialog } from '@base-ui/react/dialog'
import { useRef, useState } from 'react'
import { keysText, paletteText, terminalText } from '#/app/_text/en.ts'
import { Button } from '../control/Button.tsx'
import { release } from './ahead.ts'
import type { OverlayProps } from './overlay.ts'
import { setSingleKeys, singleKeys } from './single-keys.ts'

export function KeySheet({ onClose }: OverlayProps) {
  const text = paletteText.sheet
  const groups = [...text.groups, [text.inTerminal, terminalText.keyList] as const]
  const sheet = useRef<HTMLDivElement>(null)
  const [single, setSingle] = useState(singleKeys)
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="overlay" />
        <Dialog.Popup ref={sheet} initialFocus={sheet} onFocus={() => release()} className="dialog key-sheet">
          <Dialog.Title className="font-serif text-2xl font-medium tracking-[-0.01em]">
            {text.title}
          </Dialog.Title>
          <Dialog.Description className="mt-2 text-sm text-muted">{text.intro}</Dialog.Description>
          {groups.map(([group, keys]) => (
            <section key={group} aria-label={group} className="mt-5">
              <h3 className="caps text-muted">{group}</h3>
              <dl className="mt-1">
                {keys.map(([key, meaning]) => (
                  <div key={key}>
                    <dt>
                      <kbd>{key}</kbd>
                    </dt>
                    <dd>{meaning}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
          <label className="mt-6 flex items-baseline gap-3 border-t border-rule pt-4 text-sm">
            <input
              type="checkbox"
              checked={single}
              onChange={({ target }) => {
                setSingle(target.checked)
                setSingleKeys(target.checked)
              }}
            />
            <span>
              {text.single}
              <span className="block text-muted">{text.singleHint}</span>
            </span>
          </label>
          <div className="mt-6 flex justify-end">
            <Dialog.Close render={<Button />}>{keysText.close}</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
