/** Hears the keys of a page and does what they mean there. Loaded after the page. Knows the document, not React. */
import { enterTerminal } from '../terminal/entrance.ts'
import { isHeld, take } from './ahead.ts'
import { type Action, isPaletteChord, type Key, press, type Waiting } from './keys.ts'
import { singleKeys } from './single-keys.ts'

export interface Doing {
  search(): void
  help(): void
  go(to: string): void
  /** Whatever is on its way is not to come. */
  drop(): void
}

/** The document says by `data-hears-keys` when they are heard: what is pressed before is lost. @returns how to stop */
export function listen(doing: Doing): () => void {
  let waiting: Waiting = null
  const hear = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return
    const key = keyOf(event)
    if (isHeld() && !key.typing) {
      waiting = null
      if (key.key === 'Escape') doing.drop()
      else if (take(key) || isPaletteChord(key)) event.preventDefault()
      return
    }
    const heard = press(waiting, key, singleKeys())
    waiting = heard.waiting
    if (heard.action && act(heard.action, doing)) event.preventDefault()
  }
  window.addEventListener('keydown', hear)
  document.documentElement.dataset.hearsKeys = ''
  return () => {
    window.removeEventListener('keydown', hear)
    delete document.documentElement.dataset.hearsKeys
  }
}

/** False when there is nothing of the kind on this page: then the key stays the browser's. */
function act(action: Action, doing: Doing): boolean {
  if (action.do === 'search') doing.search()
  else if (action.do === 'help') doing.help()
  else if (action.do === 'go') doing.go(action.to)
  else if (action.do === 'chapter') return follow(action.by === 1 ? 'next' : 'prev', doing)
  else return enterTerminal()
  return true
}

function follow(rel: 'next' | 'prev', doing: Doing): boolean {
  const href = document.querySelector(`main a[rel="${rel}"]`)?.getAttribute('href')
  if (href) doing.go(href)
  return Boolean(href)
}

const keyOf = (event: KeyboardEvent): Key => ({
  key: event.key,
  ctrl: event.ctrlKey,
  meta: event.metaKey,
  alt: event.altKey,
  at: event.timeStamp,
  typing: isTyping(event.target),
  repeat: event.repeat,
})

const isModifier = (key: string): boolean => ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(key)

/** Where letters have a meaning of their own: fields, the terminal, lists and menus that are searched by typing, dialogs. */
const typed =
  'input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=range]), textarea, select, [contenteditable=""], [contenteditable=true], .xterm, [role=dialog], [role=alertdialog], [role=menu], [role=listbox], [role=combobox], [role=textbox]'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(typed) !== null
