/**
 * Terminals that never let go, in a real browser before a real machine: cut in the middle of a paste and of output, reloaded, left without a
 * network, with the service and the app killed; seen by a second browser; named, switched, ended, recorded. One story, told in order.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { CastReader } from '../../sandbox/asciicast.ts'
import { Wire } from '../../sandbox/service/bench.fixture.ts'
import { runs, screen, shows, startBrowser, takePicture, visit } from '../support/browser.ts'
import { isIn } from '../support/focus.ts'
import { startRingside, type TestRingside } from '../support/ringside.ts'
import { freePort } from '../support/service.ts'

let ringside: TestRingside
let wire: Wire
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  const port = await freePort()
  wire = await Wire.to(port)
  ringside = await startRingside({ port, origin: `http://127.0.0.1:${wire.port}` })
  browser = await startBrowser()
  context = await newContext()
  page = await newPage(context)
  await visit(page, ringside.signInAddress)
  await visit(page, `${ringside.address}/labs/accept-queue`)
  await page.getByRole('button', { name: 'Start lab' }).click()
  await shows(page, /root@server.*#$/, 120_000)
  await focus()
}, 1_200_000)

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  console.error(`${(await screen(page)).slice(-1500)}\n${ringside.log().slice(-1500)}`)
  await picture(`failed: ${task.name}`)
})

afterAll(async () => {
  await browser?.close()
  await ringside?.[Symbol.asyncDispose]()
  wire?.[Symbol.dispose]()
})

async function newContext(): Promise<BrowserContext> {
  const made = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true })
  made.setDefaultTimeout(20_000)
  return made
}

async function newPage(from: BrowserContext): Promise<Page> {
  const opened = await from.newPage()
  opened.on('dialog', (dialog) => void dialog.accept())
  return opened
}

const picture = (name: string, on: Page = page) => takePicture(on, name)

const focus = (on: Page = page) => on.locator('.terminal-screen:visible .xterm-screen').first().click()
const tabs = (on: Page = page) => on.locator('.terminal-tab .terminal-name')
const names = (on: Page = page) => tabs(on).allTextContents()

/** Into the terminal in front, as a paste from the clipboard comes. */
const paste = (text: string): Promise<void> =>
  page.evaluate((words) => {
    const all = [...((window as Window & { ringsideTerminals?: Map<string, never> }).ringsideTerminals ?? [])]
    const shown = all
      .map(([, terminal]) => terminal as { element?: HTMLElement; paste(text: string): void })
      .find(({ element }) => element?.closest('.terminal-screen:not([hidden])'))
    shown?.paste(words)
  }, text)

const letters = (length: number): string => {
  let text = ''
  for (let n = 0; text.length < length; n++) text += createHash('sha256').update(`${n}`).digest('base64url')
  return text.slice(0, length)
}

/** The shell prints numbers little by little while it takes in a paste of this length; then both are looked at. */
async function printAndTake(length: number, disturb: () => Promise<void>): Promise<void> {
  const pasted = letters(length)
  await runs(page, 'clear')
  const print = '(for i in $(seq 1 40); do seq $((i*50-49)) $((i*50)); sleep 0.1; done; echo prin""ted) &'
  await page.keyboard.type(
    `stty -icanon -echo; echo rea""dy; ${print} head -c ${length} >/tmp/taken; wait; stty sane; echo tak""en\n`,
  )
  await shows(page, /^ready$/m)
  await paste(pasted)
  await disturb()
  const text = await shows(page, /^taken$/m, 120_000)
  const numbers = [...text.matchAll(/^(\d+)$/gm)].map((match) => Number(match[1]))
  expect(numbers).toEqual(Array.from({ length: 2000 }, (_, index) => index + 1))
  await focus()
  expect(await runs(page, 'md5sum </tmp/taken')).toContain(createHash('md5').update(pasted).digest('hex'))
}

const pause = (ms: number): Promise<void> => page.waitForTimeout(ms)

test('a network that breaks again and again loses and doubles nothing', async () => {
  await printAndTake(300_000, async () => {
    for (let cut = 0; cut < 8; cut++) {
      await pause(150 + Math.random() * 500)
      wire.cut()
    }
  })
})

test('a reload in the middle loses and doubles nothing', async () => {
  await printAndTake(400_000, async () => {
    await pause(200)
    await page.reload()
    await shows(page, /^ready$/m, 60_000)
    await focus()
  })
})

test('a laptop that sleeps comes back to the same screen', async () => {
  await runs(page, 'clear; kept=yes; echo before-$((1+1))')
  wire.goDead()
  await page.keyboard.type('echo typed-while-dead-$((40+2)); echo kept=$kept\n')
  await pause(3_000)
  wire.goDead(false)
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  const text = await shows(page, /^typed-while-dead-42\nkept=yes$/m, 90_000)
  expect(text).toContain('before-2')
  expect(text.match(/^typed-while-dead-42$/gm)).toHaveLength(1)
})

/** By the name that the supervisor gave it. */
async function kill(name: string): Promise<void> {
  const lock = JSON.parse(await readFile(`${ringside.home}/up.lock`, 'utf8').catch(() => 'null'))
  const child = lock?.children?.find((one: { name: string }) => one.name === name)
  if (!child)
    throw new Error(
      `${name} does not run: ${(await readdir(ringside.home)).join(' ')} ${JSON.stringify(lock)}`,
    )
  process.kill(child.pid, 'SIGKILL')
}

test('the service and the app may be killed in the middle', async () => {
  await printAndTake(200_000, async () => {
    await pause(400)
    await kill('sandbox service')
    await pause(5_000)
    await kill('app')
  })
})

test('shells are opened, named, and seen alike in another browser', async () => {
  await focus()
  await runs(page, 'kept=yes; clear; echo first-$((2*3))')
  await page.keyboard.press('Control+Shift+Enter')
  await expect.poll(() => names()).toHaveLength(2)
  await shows(page, /^root@server.*#$/m)
  await tabs().nth(1).dblclick()
  await page.getByRole('textbox', { name: 'New name of' }).fill('the log')
  await page.keyboard.press('Enter')
  await expect.poll(() => names()).toEqual(['Shell 1', 'the log'])
  await picture('named')
  // Whoever leaves the field by another way than Enter has gone elsewhere.
  await tabs().nth(1).dblclick()
  await page.getByRole('textbox', { name: 'New name of' }).fill('a log')
  await page.keyboard.press('Tab')
  await expect.poll(() => names()).toEqual(['Shell 1', 'a log'])
  expect(await isIn(page, '.terminal-bar')).toBe(true)
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'New name of' }).fill('the log')
  await page.keyboard.press('Enter')
  await expect.poll(() => names()).toEqual(['Shell 1', 'the log'])

  const elsewhere = await newContext()
  await elsewhere.addCookies(await context.cookies())
  const other = await newPage(elsewhere)
  await visit(other, `${ringside.address}/labs/accept-queue`)
  await expect.poll(() => names(other)).toEqual(['Shell 1', 'the log'])
  await shows(other, /^first-6$/m)
  await focus(other)
  expect(await runs(other, 'echo kept=$kept')).toMatch(/kept=yes/)
  // What was typed there is news here, where the other shell is in front.
  await page.locator('.terminal-tab .terminal-news').waitFor()
  await picture('news')
  await focus()
  await page.keyboard.press('Control+Shift+Digit1')
  await shows(page, /kept=yes/)
  expect(await page.locator('.terminal-tab .terminal-news').count()).toBe(0)
  await page.keyboard.press('Control+Shift+ArrowRight')
  await expect.poll(() => page.locator('.terminal-tab.selected').textContent()).toContain('the log')
  await other.setViewportSize({ width: 320, height: 700 })
  await other.getByRole('tab', { name: 'Terminal' }).click()
  await other.getByRole('button', { name: 'Choose a shell' }).click()
  await other.getByRole('menuitem', { name: /the log/ }).waitFor()
  await picture('picker-320', other)
  await elsewhere.close()
})

const closeLast = async () => {
  await page
    .getByRole('button', { name: /^End Shell \d$/ })
    .last()
    .click()
}

test('a new shell has the keys, also when its answer is later than the list of shells', async () => {
  await focus()
  await page.route('**/terminals', async (route) => {
    const answer = await route.fetch()
    await expect.poll(() => names()).toHaveLength(3)
    await route.fulfill({ response: answer })
  })
  await page.keyboard.press('Control+Shift+Enter')
  await page.locator('.terminal-tab.selected', { hasText: 'Shell 3' }).waitFor()
  await page.unroute('**/terminals')
  await shows(page, /^root@server.*#$/m)
  expect(await isIn(page, '.terminal-stage')).toBe(true)
  expect(await runs(page, 'echo third-$((1+2))')).toMatch(/third-3/)
  // What was pressed to end it is gone with it.
  await closeLast()
  await expect.poll(() => names()).toHaveLength(2)
  await expect.poll(() => isIn(page, '.terminal-stage')).toBe(true)
})

test('of more shells than have room the one in front is seen', async () => {
  await focus()
  for (let count = 3; count <= 5; count++) {
    await page.keyboard.press('Control+Shift+Enter')
    await expect.poll(() => names()).toHaveLength(count)
    await expect.poll(() => page.locator('.terminal-tab').last().getAttribute('class')).toContain('selected')
    await expect.poll(() => isIn(page, '.terminal-stage')).toBe(true)
    // One that is still beginning runs something, and would be asked about.
    await shows(page, /^root@server.*#$/m)
  }
  await page.setViewportSize({ width: 1000, height: 900 })
  await page.keyboard.press('Control+Shift+Digit1')
  await page.keyboard.press('Control+Shift+Digit5')
  const isWithin = () =>
    page.locator('.terminal-tab.selected .terminal-name').evaluate((name) => {
      const tabs = name.closest('.terminal-tabs') as Element
      const [inner, outer] = [name, tabs].map((one) => one.getBoundingClientRect())
      return (
        inner !== undefined &&
        outer !== undefined &&
        inner.left >= outer.left - 1 &&
        inner.right <= outer.right + 1
      )
    })
  await expect.poll(isWithin).toBe(true)
  await page.setViewportSize({ width: 1440, height: 900 })
  for (let count = 5; count > 2; count--) {
    await closeLast()
    await expect.poll(() => names()).toHaveLength(count - 1)
  }
})

test('a shell that runs something is ended only when asked', async () => {
  await focus()
  await page.keyboard.type('watch -n 60 true\n')
  await shows(page, /Every 60.0s/)
  await page.getByRole('button', { name: 'End the log' }).click()
  const question = page.getByRole('alertdialog')
  await question.getByText('watch runs in this shell').waitFor()
  await picture('ask')
  await question.getByRole('button', { name: 'Keep it' }).click()
  expect(await names()).toEqual(['Shell 1', 'the log'])
  await page.getByRole('button', { name: 'End the log' }).click()
  await question.getByRole('button', { name: 'End the shell' }).click()
  await expect.poll(() => names()).toEqual(['Shell 1'])
  await shows(page, /kept=yes/)
})

test('a shell that has ended stays to be read, and the last one may be closed', async () => {
  await focus()
  await page.keyboard.type('exit 3\n')
  await page.getByText('The shell ended with status 3.').waitFor()
  await shows(page, /kept=yes/)
  await picture('ended')
  await page.getByRole('button', { name: 'End Shell 1' }).click()
  await page.getByText('No shell is open on this machine.').waitFor()
  await picture('none')
  await page.locator('.terminal-empty').getByRole('button', { name: 'New shell' }).click()
  await shows(page, /^root@server.*#$/m)
})

test('a learner sees that shells are recorded, and downloads a recording', async () => {
  await page.getByRole('button', { name: 'Recorded' }).click()
  await page.getByText('What you type is not').waitFor()
  await page.getByRole('link', { name: 'Shell 1', exact: true }).waitFor()
  await picture('recorded')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture('recorded-dark')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Shell 1', exact: true }).click(),
  ])
  const reader = new CastReader()
  const text = await readFile(await download.path(), 'utf8')
  for (const line of text.trimEnd().split('\n')) reader.line(line)
  expect(reader.state).toMatchObject({ ended: true, header: { title: expect.stringContaining('shell 1') } })
  expect(text).toContain('first-6')
})

test('colours, bell and type are chosen by keyboard, hold at once in every shell, and after a reload', async () => {
  await page.emulateMedia({ colorScheme: 'light' })
  await focus()
  await runs(page, 'clear')
  const ground = () =>
    page.evaluate(() => {
      const all = window as Window & { ringsideTerminals?: Map<string, { options: Chosen }> }
      return [...(all.ringsideTerminals?.values() ?? [])].map(({ options }) => options.theme?.background)
    })
  await page.getByRole('button', { name: 'Terminal settings and keys' }).focus()
  await page.keyboard.press('Enter')
  const contrast = page.getByRole('menuitemradio', { name: 'High contrast' })
  await contrast.waitFor()
  for (let key = 0; key < 12 && !(await isHighlighted(contrast)); key++)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  expect(await contrast.getAttribute('aria-checked')).toBe('true')
  expect(new Set(await ground())).toEqual(new Set(['#000000']))
  await picture('settings')
  await page.keyboard.press('Escape')
  await focus()
  // It is seen for a sixth of a second: whoever looks only now and then may miss it.
  await page.locator('.terminal-screen:not([hidden])').evaluate((screen) => {
    const heard = () => screen.setAttribute('data-has-rung', '')
    new MutationObserver(heard).observe(screen, { attributes: true, attributeFilter: ['data-bell'] })
  })
  await page.keyboard.type("printf '\\a'\n")
  await page.locator('.terminal-screen[data-has-rung]').waitFor({ state: 'attached' })
  await page.reload()
  await shows(page, /printf/)
  expect(new Set(await ground())).toEqual(new Set(['#000000']))
})

interface Chosen {
  theme?: { background?: string }
}
const isHighlighted = (item: ReturnType<Page['getByRole']>): Promise<boolean> =>
  item.evaluate((element) => element.hasAttribute('data-highlighted'))

test('going back out of a shell is asked about, and a link is not', async () => {
  await page.getByRole('link', { name: 'Ringside' }).first().click()
  await page.waitForURL(`${ringside.address}/`)
  // Within the document: only there may a page ask in its own words.
  await page.evaluate(() => history.back())
  await page.waitForURL('**/labs/accept-queue')
  await shows(page, /printf/)
  await focus()
  await page.keyboard.type(' ')
  await page.evaluate(() => history.forward())
  const question = page.getByRole('alertdialog')
  await question.getByText('Nothing is lost').waitFor()
  await picture('leave')
  await question.getByRole('button', { name: 'Stay' }).click()
  expect(page.url()).toContain('/labs/accept-queue')
})

test('over plain http from another machine, where pages are given less, the shell answers and what is selected is copied', async () => {
  const plain = await newContext()
  await plain.addCookies(await context.cookies())
  // 127.0.0.1 is trusted without a certificate: what browsers keep from other addresses is taken away.
  await plain.addInitScript(() => {
    Reflect.deleteProperty(Crypto.prototype, 'randomUUID')
    Reflect.deleteProperty(Navigator.prototype, 'clipboard')
    Reflect.deleteProperty(Navigator.prototype, 'locks')
    document.addEventListener('copy', () => {
      const { activeElement, documentElement } = document
      if (activeElement instanceof HTMLTextAreaElement) documentElement.dataset.copied = activeElement.value
    })
  })
  const other = await newPage(plain)
  const errors: string[] = []
  other.on('pageerror', (error) => errors.push(String(error)))
  await visit(other, `${ringside.address}/labs/accept-queue`)
  await shows(other, /printf/)
  await focus(other)
  expect(await runs(other, 'echo plain-$((1+1))')).toMatch(/plain-2/)
  await other.evaluate(() => {
    const all = window as Window & { ringsideTerminals?: Map<string, { selectAll(): void }> }
    for (const terminal of all.ringsideTerminals?.values() ?? []) terminal.selectAll()
  })
  await other.keyboard.press('Control+Shift+C')
  await expect.poll(() => other.locator('html').getAttribute('data-copied')).toContain('plain-2')
  expect(await isIn(other, '.terminal-stage')).toBe(true)
  expect(errors).toEqual([])
  await plain.close()
})

test('where a browser lets pages keep nothing, a prompt comes all the same', async () => {
  const forgetful = await newContext()
  await forgetful.addCookies(await context.cookies())
  await forgetful.addInitScript(() => {
    for (const method of ['getItem', 'setItem', 'removeItem'] as const)
      Storage.prototype[method] = () => {
        throw new DOMException('not here', 'SecurityError')
      }
  })
  const other = await newPage(forgetful)
  const errors: string[] = []
  other.on('pageerror', (error) => errors.push(String(error)))
  await visit(other, `${ringside.address}/labs/accept-queue`)
  await shows(other, /printf/)
  await focus(other)
  expect(await runs(other, 'echo kept-$((3+4))')).toMatch(/kept-7/)
  expect(errors).toEqual([])
  await forgetful.close()
})
