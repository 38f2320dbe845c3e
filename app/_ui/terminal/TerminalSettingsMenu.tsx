/** Type size, colours, bell, screen-reader mode, and the keys that belong to the page. */
'use client'
import { Menu } from '@base-ui/react/menu'
import { Settings2 } from 'lucide-react'
import { terminalText as text } from '#/app/_text/en.ts'
import { IconButton } from '../control/Button.tsx'
import { ShapePass } from '../control/Shape.tsx'
import { canLockKeys, toggleFullScreen } from './full-screen.ts'
import { bells, fontSizes, resized, type TerminalSettings, terminalColours } from './settings.ts'

interface Props {
  settings: TerminalSettings
  onChange(settings: TerminalSettings): void
  /** What the browser did not let the page do. */
  onNotice(notice: string): void
  /** Renames or ends the shell in front; null while there is none. */
  onRename: (() => void) | null
  onClose: (() => void) | null
}

export function TerminalSettingsMenu({ settings, onChange, onNotice, onRename, onClose }: Props) {
  async function fullScreen() {
    if (!(await toggleFullScreen())) onNotice(text.fullScreenRefused)
  }
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <IconButton label={text.settings}>
            <Settings2 />
          </IconButton>
        }
      />
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} collisionPadding={8} className="z-40">
          <Menu.Popup className="menu menu-tall">
            <Menu.Item
              className="menu-item"
              closeOnClick={false}
              disabled={settings.fontSize >= fontSizes.most}
              onClick={() => onChange(resized(settings, 1))}
            >
              {text.larger}
              <span className="figures text-muted">{settings.fontSize} px</span>
            </Menu.Item>
            <Menu.Item
              className="menu-item"
              closeOnClick={false}
              disabled={settings.fontSize <= fontSizes.least}
              onClick={() => onChange(resized(settings, -1))}
            >
              {text.smaller}
            </Menu.Item>
            <Menu.CheckboxItem
              className="menu-item"
              checked={settings.screenReader}
              onCheckedChange={(screenReader) => onChange({ ...settings, screenReader })}
            >
              {text.screenReader}
              {settings.screenReader && <ShapePass />}
            </Menu.CheckboxItem>
            {canLockKeys() && (
              <Menu.Item className="menu-item" onClick={() => void fullScreen()}>
                {text.fullScreen}
                <kbd>{text.fullScreenKey}</kbd>
              </Menu.Item>
            )}
            <Choice
              label={text.colours}
              names={text.colourNames}
              all={terminalColours}
              chosen={settings.colours}
              onChoose={(colours) => onChange({ ...settings, colours })}
            />
            <Choice
              label={text.bell}
              names={text.bellNames}
              all={bells}
              chosen={settings.bell}
              onChoose={(bell) => onChange({ ...settings, bell })}
            />
            <Menu.Separator className="my-1.5 border-t border-rule" />
            <Menu.Item className="menu-item" disabled={!onRename} onClick={() => onRename?.()}>
              {text.rename}
            </Menu.Item>
            <Menu.Item className="menu-item" disabled={!onClose} onClick={() => onClose?.()}>
              {text.end}
            </Menu.Item>
            <Menu.Separator className="my-1.5 border-t border-rule" />
            <Menu.Group>
              <Menu.GroupLabel className="caps px-3 py-1 text-muted">{text.keys}</Menu.GroupLabel>
              {text.keyList.map(([keys, meaning]) => (
                <div key={keys} className="flex items-baseline justify-between gap-6 px-3 py-1 text-sm">
                  <span>{meaning}</span>
                  <kbd>{keys}</kbd>
                </div>
              ))}
            </Menu.Group>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

interface ChoiceProps<Value extends string> {
  label: string
  names: Record<Value, string>
  all: readonly Value[]
  chosen: Value
  onChoose(value: Value): void
}

/** One of a few, with its name above; the menu stays open, so that what was chosen is seen. */
function Choice<Value extends string>({ label, names, all, chosen, onChoose }: ChoiceProps<Value>) {
  return (
    <>
      <Menu.Separator className="my-1.5 border-t border-rule" />
      <Menu.Group>
        <Menu.GroupLabel className="caps px-3 py-1 text-muted">{label}</Menu.GroupLabel>
        <Menu.RadioGroup value={chosen} onValueChange={onChoose}>
          {all.map((value) => (
            <Menu.RadioItem key={value} value={value} closeOnClick={false} className="menu-item">
              {names[value]}
              {value === chosen && <ShapePass />}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Group>
    </>
  )
}
