/** Type size, screen-reader mode, and the keys that belong to the page. */
'use client'
import { Menu } from '@base-ui/react/menu'
import { Settings2 } from 'lucide-react'
import { terminalText as text } from '#/app/_text/en.ts'
import { IconButton } from '../control/Button.tsx'
import { ShapePass } from '../control/Shape.tsx'
import { resized, type TerminalSettings } from './settings.ts'

interface Props {
  settings: TerminalSettings
  onChange(settings: TerminalSettings): void
  /** Renames or ends the shell in front; null while there is none. */
  onRename: (() => void) | null
  onClose: (() => void) | null
}

export function TerminalSettingsMenu({ settings, onChange, onRename, onClose }: Props) {
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
        <Menu.Positioner align="end" sideOffset={4} className="z-40">
          <Menu.Popup className="menu">
            <Menu.Item
              className="menu-item"
              closeOnClick={false}
              onClick={() => onChange(resized(settings, 1))}
            >
              {text.larger}
              <span className="figures text-muted">{settings.fontSize} px</span>
            </Menu.Item>
            <Menu.Item
              className="menu-item"
              closeOnClick={false}
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
