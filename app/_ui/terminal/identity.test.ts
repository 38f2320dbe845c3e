/** Who a tab is where nothing can be kept: still somebody, for as long as its page lives. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type StorageState, storage } from '../storage.fixture.ts'

/** A page of a tab. */
async function page() {
  vi.resetModules()
  return import('./identity.ts')
}

afterEach(() => void vi.unstubAllGlobals())

describe.each<StorageState>(['open', 'full', 'forbidden'])('with a storage that is %s', (state) => {
  beforeEach(() => {
    vi.stubGlobal('navigator', {})
    vi.stubGlobal('sessionStorage', storage(state))
  })

  test('a tab has a name, and the shell in front is remembered', async () => {
    const { claimTab, saveTab } = await page()
    const tab = await claimTab('a')
    expect(tab).toEqual({ tab: expect.stringMatching(/^[0-9a-f]{16}$/), active: null })
    saveTab('a', { ...tab, active: '0-1' })
    expect(await claimTab('a')).toEqual({ ...tab, active: '0-1' })
  })

  test('what was typed and had not arrived is there once', async () => {
    const { saveKept, takeKept } = await page()
    const left = { base: 7, epoch: 1, bytes: new TextEncoder().encode('ls\n') }
    saveKept('a', 'client', left)
    expect(takeKept('a', 'client')).toEqual(left)
    expect(takeKept('a', 'client')).toBeNull()
  })
})

test('the next page of the tab has the name of the one before', async () => {
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('sessionStorage', storage('open'))
  const tab = await (await page()).claimTab('a')
  expect(await (await page()).claimTab('a')).toEqual(tab)
})
