/** Copying with the Clipboard API, and without it; with as much of a document as the old command takes. */
import { afterEach, expect, test, vi } from 'vitest'
import { copyText } from './copy.ts'

afterEach(() => void vi.unstubAllGlobals())

/** A browser that copies what is selected; `clipboard` in the order in which things were put there. */
function browser({
  api = 'none',
  takesCommand = true,
}: {
  api?: 'none' | 'takes' | 'refuses'
  takesCommand?: boolean
}) {
  const clipboard: string[] = []
  const focused = { focus: vi.fn() }
  const field = { value: '', style: {}, select: vi.fn(), remove: vi.fn() }
  const writeText = async (text: string) => {
    if (api === 'refuses') throw new DOMException('no', 'NotAllowedError')
    clipboard.push(text)
  }
  vi.stubGlobal('navigator', api === 'none' ? {} : { clipboard: { writeText } })
  vi.stubGlobal('document', {
    activeElement: focused,
    body: { append: vi.fn() },
    createElement: () => field,
    execCommand: () => takesCommand && clipboard.push(field.value) > 0,
  })
  return { clipboard, focused, field }
}

test('with the API the text is copied once', async () => {
  const { clipboard } = browser({ api: 'takes' })
  expect(await copyText('ss -lnt')).toBe(true)
  expect(clipboard).toEqual(['ss -lnt'])
})

test.each(['none', 'refuses'] as const)(
  'where the API is missing or says no (%s) the old command copies',
  async (api) => {
    const { clipboard, focused, field } = browser({ api })
    expect(await copyText('ss -lnt')).toBe(true)
    expect(clipboard).toEqual(['ss -lnt'])
    expect(field.remove).toHaveBeenCalledOnce()
    expect(focused.focus).toHaveBeenCalledOnce()
  },
)

test('where neither copies it is said', async () => {
  browser({ takesCommand: false })
  expect(await copyText('ss -lnt')).toBe(false)
})
