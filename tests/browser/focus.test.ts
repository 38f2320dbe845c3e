/** What the keyboard walk calls visible, tried on pages of our own: it must be able to fail. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { tabTo } from '../support/focus.ts'

let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await startBrowser()
  page = await browser.newPage()
})

afterAll(() => browser?.close())

/** Three buttons; the middle one looks as the style says. */
const walk = async (style: string) => {
  await page.setContent(
    `<style>body { background: #fff } :focus-visible { outline: 2px solid #a50 } ${style}</style>
     <button>first</button> <button class="odd">odd</button> <button>last</button>`,
  )
  return tabTo(page, /^last$/, 5)
}

test('an outline that stands out is seen', async () => {
  await walk('')
  await walk('.odd:focus-visible { outline: none; box-shadow: 0 0 0 3px #000 }')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('last')
})

test.each([
  ['none at all', '.odd:focus-visible { outline: none }', 'looks the same'],
  ['the one that it always has', '.odd, .odd:focus-visible { outline: 2px solid #a50 }', 'looks the same'],
  ['a transparent one', '.odd:focus-visible { outline: 2px solid transparent }', 'looks the same'],
  ['one as light as the ground', '.odd:focus-visible { outline-color: #eee }', 'stands out by 1'],
  ['one beside the screen', '.odd { position: fixed; left: -900px }', 'not on the screen'],
])('%s is not', async (_, style, said) => {
  await expect(walk(style)).rejects.toThrow(new RegExp(`“odd”.*${said}`))
})

test('what is not met is said with what was', async () => {
  await page.setContent('<style>:focus-visible { outline: 2px solid #a50 }</style><button>only</button>')
  await expect(tabTo(page, /nowhere/, 2)).rejects.toThrow('/nowhere/ was not met: only')
})
