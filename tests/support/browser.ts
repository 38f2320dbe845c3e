/**
 * A real Chromium and what a person does with a terminal in it: type, read the screen. Knows the page's terminals, no lab.
 */
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { type Browser, chromium, type Locator, type Page, type Response } from 'playwright-core'

const candidates = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome']

export function startBrowser(): Promise<Browser> {
  const executablePath = candidates.find((path) => path && existsSync(path))
  if (!executablePath)
    throw new Error('No Chromium: run `npm test`, which installs it, or set CHROMIUM_PATH.')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** A picture of what stands there; RINGSIDE_PICTURES names the folder to keep it in, without which none is taken. */
export async function takePicture(
  of: Page | Locator,
  name: string,
  options: { fullPage?: boolean } = {},
): Promise<void> {
  const folder = process.env.RINGSIDE_PICTURES
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await of.screenshot({ path: path.join(folder, `${name.replaceAll('/', '_')}.png`), ...options })
}

/** Opens an address and waits until its page answers. Not for a page without scripts, nor for one that is not the app's. */
export async function visit(page: Page, address: string): Promise<Response | null> {
  const response = await page.goto(address)
  await answers(page)
  return response
}

/**
 * Waits until the page's scripts have taken over what the server drew. `load` comes before that: a click is lost then, a link leads away from the
 * document, and what is typed into a field nobody hears.
 */
export const answers = (page: Page): Promise<void> =>
  page.locator('html[data-hears-keys]').waitFor({ state: 'attached' })

/** The text of the visible terminal as a person reads it: wrapped lines joined, scrollback included. */
export function screen(page: Page): Promise<string> {
  return page.evaluate(() => {
    type Line = { isWrapped: boolean; translateToString(trim: boolean): string }
    type Terminal = {
      element?: HTMLElement
      buffer: { active: { length: number; getLine(index: number): Line | undefined } }
    }
    const terminals = (window as unknown as { ringsideTerminals?: Map<string, Terminal> }).ringsideTerminals
    const shown = [...(terminals?.values() ?? [])].find((one) => one.element?.offsetParent)
    if (!shown) return ''
    const { active } = shown.buffer
    let text = ''
    for (let index = 0; index < active.length; index++) {
      const line = active.getLine(index)
      if (!line) continue
      text += `${line.isWrapped || index === 0 ? '' : '\n'}${line.translateToString(true)}`
    }
    return text
  })
}

/** Waits until the terminal shows it; the error has the screen. */
export async function shows(page: Page, pattern: RegExp, timeoutMs = 30_000): Promise<string> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const text = (await screen(page)).trimEnd()
    if (pattern.test(text)) return text
    if (Date.now() > deadline) throw new Error(`${pattern} is not on the screen:\n${text.slice(-2000)}`)
    await page.waitForTimeout(50)
  }
}

let marks = 0

/** Types a command and waits until it has ended; what it printed. */
export async function runs(page: Page, command: string, timeoutMs = 60_000): Promise<string> {
  const mark = `done-${++marks}`
  // The shell joins the halves, so that the typed line itself is not taken for the mark.
  await page.keyboard.type(`${command}; echo done''-${marks}\n`)
  const text = await shows(page, new RegExp(`^${mark}$`, 'm'), timeoutMs)
  const end = text.search(new RegExp(`^${mark}$`, 'm'))
  const begin = text.lastIndexOf(`echo done''-${marks}`, end)
  return text.slice(text.indexOf('\n', begin) + 1, end)
}
