/**
 * On every page: hears its keys and shows the search or the sheet of keys. Both come when they are first asked for; a page that nobody asks
 * loads neither.
 */
'use client'
import { useRouter } from 'next/navigation'
import { type ComponentType, useEffect, useRef, useState } from 'react'
import { keysText } from '#/app/_text/en.ts'
import { Button } from '../control/Button.tsx'
import { hold, release } from './ahead.ts'
import { helpWish, type OverlayProps, searchWish } from './overlay.ts'

type Shown = { Overlay: ComponentType<OverlayProps> } | 'failed' | null

export function Keys() {
  const router = useRouter()
  const [shown, setShown] = useState<Shown>(null)
  const go = useRef(router.push)
  go.current = router.push
  useEffect(() => {
    // What comes for an earlier wish is not shown.
    let wish = 0
    const drop = () => {
      wish++
      release()
    }
    const show = (overlay: Promise<ComponentType<OverlayProps>>) => {
      const mine = ++wish
      hold()
      overlay.then(
        (Overlay) => mine === wish && setShown({ Overlay }),
        () => {
          if (mine !== wish) return
          release()
          setShown('failed')
        },
      )
    }
    const search = () => show(import('./Palette.tsx').then(({ Palette }) => Palette))
    const help = () => show(import('./KeySheet.tsx').then(({ KeySheet }) => KeySheet))
    let stop = () => {}
    let gone = false
    import('./listen.ts').then(
      ({ listen }) => {
        if (!gone) stop = listen({ search, help, go: (to) => go.current(to), drop })
      },
      () => {},
    )
    window.addEventListener(searchWish, search)
    window.addEventListener(helpWish, help)
    return () => {
      gone = true
      stop()
      drop()
      window.removeEventListener(searchWish, search)
      window.removeEventListener(helpWish, help)
    }
  }, [])
  if (shown === 'failed') {
    return (
      <p role="alert" className="palette-failed">
        {keysText.failed}
        <Button look="quiet" onClick={() => setShown(null)}>
          {keysText.close}
        </Button>
      </p>
    )
  }
  if (!shown) return null
  const close = () => {
    release()
    setShown(null)
  }
  return <shown.Overlay onClose={close} onHelp={() => window.dispatchEvent(new Event(helpWish))} />
}
