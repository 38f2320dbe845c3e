/**
 * Where the focus is, and whether somebody who sees can tell: an element looks otherwise with the focus than without it, by an outline or a shadow that
 * stands out from its ground. Moves by the Tab key and by nothing else. Knows no page.
 */
import type { JSHandle, Locator, Page } from 'playwright-core'

type Colour = [red: number, green: number, blue: number, alpha: number]

interface Look {
  /** What a screen reader would say, shortly. */
  name: string
  /** Nothing has the focus, or a terminal, which shows it by its cursor. */
  exempt: boolean
  onScreen: boolean
  outline: { style: string; width: number; colour: Colour } | null
  shadow: string
  ground: Colour
}

/** Of whatever has the focus. */
export const focused = async (page: Page): Promise<string> =>
  (await (await active(page)).evaluate(lookOf)).name

export const isIn = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => document.activeElement?.closest(wanted) !== null, selector)

/** Presses Tab until the name fits. Each stop on the way must show that it has the focus, the last one too. @throws with what was met */
export async function tabTo(page: Page, name: RegExp, most = 120): Promise<void> {
  const passed: string[] = []
  let before: { element: JSHandle<Element | null>; look: Look } | null = null
  for (let stops = 0; stops < most; stops++) {
    await page.keyboard.press('Tab')
    if (before) requireSeen(before.look, await before.element.evaluate(lookOf))
    const element = await active(page)
    const look = await element.evaluate(lookOf)
    passed.push(look.name.slice(0, 40))
    if (name.test(look.name)) return comeBack(page, element, look)
    before = { element, look }
  }
  throw new Error(`${name} was not met: ${passed.join(' · ')}`)
}

/** Away and back by keys, to see the element as it is without the focus. */
async function comeBack(page: Page, element: JSHandle<Element | null>, look: Look): Promise<void> {
  await page.keyboard.press('Shift+Tab')
  requireSeen(look, await element.evaluate(lookOf))
  await page.keyboard.press('Tab')
  if (await element.evaluate((one) => one === document.activeElement)) return
  throw new Error(`Shift-Tab and Tab do not lead back to “${look.name}”`)
}

/** By how much the bar at the edge of a chosen entry stands out from the entry, which has the focus only in name. */
export async function barContrast(entry: Locator): Promise<number> {
  const [bar, ground] = await entry.evaluate((element) => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const { boxShadow, backgroundColor } = getComputedStyle(element)
    return [/^\w+\([^)]*\)/.exec(boxShadow)?.[0] ?? 'transparent', backgroundColor].map((css): Colour => {
      if (!canvas) return [0, 0, 0, 0]
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = css
      canvas.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data
      return [red, green, blue, alpha / 255]
    })
  })
  if (!bar || !ground || bar[3] < 1 || ground[3] < 1)
    throw new Error('there is no bar, or no ground below it')
  return contrast(bar, ground)
}

const active = (page: Page): Promise<JSHandle<Element | null>> =>
  page.evaluateHandle(() => document.activeElement)

/** WCAG 2.2, 1.4.11: what shows a state stands out by 3 to 1. */
export const leastContrast = 3

function requireSeen(on: Look, off: Look): void {
  if (on.exempt) return
  const { outline, ground } = on
  const sameOutline = JSON.stringify(outline) === JSON.stringify(off.outline)
  if (sameOutline && on.shadow === off.shadow)
    throw new Error(`“${on.name}” looks the same with the focus and without it`)
  if (!on.onScreen) throw new Error(`“${on.name}” has the focus and is not on the screen`)
  if (sameOutline || !outline) return
  const found = contrast(outline.colour, ground)
  if (found < leastContrast)
    throw new Error(
      `the outline of “${on.name}” stands out by ${found.toFixed(2)} to 1, not by ${leastContrast}`,
    )
}

/** Runs in the page, so it stands alone. An outline that nobody could see is none; one that fades in is looked at when it is there. */
async function lookOf(element: Element | null): Promise<Look> {
  const nothing: Look = {
    name: '',
    exempt: true,
    onScreen: true,
    outline: null,
    shadow: 'none',
    ground: [0, 0, 0, 0],
  }
  if (!element?.isConnected || element === document.body) return nothing
  const fading = element.getAnimations().filter((one) => one instanceof CSSTransition)
  await Promise.allSettled(fading.map((one) => one.finished))
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const colourOf = (css: string): Colour => {
    if (!canvas) return [0, 0, 0, 0]
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = css
    canvas.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data
    return [red, green, blue, alpha / 255]
  }
  let ground: Colour = [255, 255, 255, 1]
  for (let at: Element | null = element.parentElement; at; at = at.parentElement) {
    const colour = colourOf(getComputedStyle(at).backgroundColor)
    if (colour[3] < 1) continue
    ground = colour
    break
  }
  const style = getComputedStyle(element)
  const width = Number.parseFloat(style.outlineWidth)
  const colour = colourOf(style.outlineColor)
  const isDrawn = style.outlineStyle !== 'none' && width >= 1 && colour[3] > 0
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect()
  return {
    name: element.getAttribute('aria-label') ?? element.textContent?.trim().replace(/\s+/g, ' ') ?? '',
    exempt: element.matches('.xterm-helper-textarea'),
    onScreen:
      box.width > 0 &&
      box.height > 0 &&
      box.bottom > 0 &&
      box.right > 0 &&
      box.top < innerHeight &&
      box.left < innerWidth,
    outline: isDrawn ? { style: style.outlineStyle, width, colour } : null,
    shadow: style.boxShadow,
    ground,
  }
}

function contrast(a: Colour, b: Colour): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one)
  return (light + 0.05) / (dark + 0.05)
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance([red, green, blue]: Colour): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((channel) => {
    const part = channel / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
