/** A machine's stay, on a machine that only notes what it is told. */
import { describe, expect, test, vi } from 'vitest'
import type { Link } from '../link.ts'
import type { SandboxStatus } from '../protocol/status.ts'
import { Stay } from './stay.ts'

const minute = 60_000
const limits = { lifetimeMinutes: 60, extendMinutes: 60, longestMinutes: 240, machines: 5 }

/** A room around a stay; what is asked of the machine is noted, and pausing takes as long as the test says. */
function room(change: Partial<SandboxStatus> = {}, own = limits) {
  const now = Date.now()
  let status = {
    state: 'ready',
    baseline: 'taken',
    checking: false,
    checksAhead: 0,
    startedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + 60 * minute).toISOString(),
    extendableUntil: new Date(now + 240 * minute).toISOString(),
    suspendedAt: null,
    frozen: false,
    ...change,
  } as SandboxStatus
  const asked: string[] = []
  const memos = new Map<string, string>()
  let slowly: Promise<void> = Promise.resolve()
  const told: string[] = []
  let forgetful = false
  const link = {
    pause: async () => {
      asked.push('pause')
      await slowly
    },
    resume: async () => void asked.push('resume'),
    waitReady: async () => void asked.push('wait'),
    memoSet: async (name: string, text: string) => {
      await null
      if (forgetful) throw new Error('the link is gone')
      memos.set(name, text)
    },
    memoGet: async (name: string) => memos.get(name) ?? null,
    hello: async () => ({
      state: asked.lastIndexOf('pause') > asked.lastIndexOf('resume') ? 'paused' : 'running',
    }),
  } as unknown as Link
  const make = () =>
    new Stay({
      limits: { owner: own, learner: own },
      role: 'learner',
      suspendMs: 10 * minute,
      status: () => status,
      change: (next) => {
        status = { ...status, ...next }
        if (next.suspendedAt) told.push(memos.get('life') ?? '')
      },
      link: () => link,
      log: () => {},
    })
  return {
    stay: make(),
    again: make,
    link,
    asked,
    told,
    forget: () => {
      forgetful = true
    },
    status: () => status,
    slow: () => {
      let go = () => {}
      slowly = new Promise((resolve) => {
        go = resolve
      })
      return go
    },
  }
}

const later = (minutes: number) => Date.now() + minutes * minute

describe('sleep', () => {
  test('comes when nobody looks, and a look or a key ends it', async () => {
    const { stay, asked, status } = room()
    expect(stay.nextStep(later(10))).toBe('suspend')
    await stay.suspend()
    expect(status().suspendedAt).not.toBeNull()
    expect(stay.nextStep(later(11))).toBe('nothing')
    await stay.sign()
    expect(asked).toEqual(['pause', 'resume', 'wait'])
    expect(status().suspendedAt).toBeNull()
    expect(stay.sign()).toBeNull()
  })

  test('does not come while a page is seen; a page in the background neither keeps nor wakes', async () => {
    const { stay, asked } = room()
    const look = stay.look(true)
    expect(stay.nextStep(later(30))).toBe('nothing')
    look.set(false)
    expect(stay.nextStep(later(10))).toBe('suspend')
    await stay.suspend()
    stay.look(false)
    await Promise.resolve()
    expect(asked).toEqual(['pause'])
    look.set(true)
    await stay.sign()
    expect(asked).toEqual(['pause', 'resume', 'wait'])
    look.leave()
    look.set(true)
    expect(stay.nextStep(later(10))).toBe('suspend')
  })

  test('comes so long after the last look ended, however long that look was', () => {
    vi.useFakeTimers()
    try {
      const { stay } = room()
      const look = stay.look(true)
      vi.advanceTimersByTime(30 * minute)
      look.leave()
      expect(stay.nextStep(later(9))).toBe('nothing')
      expect(stay.nextStep(later(10))).toBe('suspend')
    } finally {
      vi.useRealTimers()
    }
  })

  test('is over at once for who comes while it falls asleep', async () => {
    const { stay, asked, status, slow } = room()
    const go = slow()
    const falling = stay.suspend()
    const waking = stay.sign()
    expect(waking).not.toBeNull()
    go()
    await Promise.all([falling, waking])
    expect(asked).toEqual(['pause', 'resume', 'wait'])
    expect(status().suspendedAt).toBeNull()
  })

  test('of a machine that says nothing any more is waited for so long, and asked for again by the next key', async () => {
    vi.useFakeTimers()
    try {
      const { stay, asked, status, slow } = room()
      const go = slow()
      const falling = stay.suspend()
      const waking = expect(stay.sign()).rejects.toThrow('does not wake')
      await vi.advanceTimersByTimeAsync(45_000)
      await waking
      const again = stay.sign()
      expect(again).not.toBeNull()
      go()
      await Promise.all([falling, again])
      expect(asked).toEqual(['pause', 'resume', 'wait'])
      expect(status().suspendedAt).toBeNull()
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  test('waits for work that must not be paused', async () => {
    const { stay, asked } = room()
    await stay.suspend()
    await stay.whileAwake(async () => {
      expect(asked).toEqual(['pause', 'resume', 'wait'])
      expect(stay.nextStep(later(20))).toBe('nothing')
    })
    expect(stay.nextStep(later(20))).toBe('suspend')
  })

  test('of a machine whose before-figures are being taken does not come', () => {
    expect(room({ baseline: 'measuring' }).stay.nextStep(later(20))).toBe('nothing')
    expect(room({ checking: true }).stay.nextStep(later(20))).toBe('nothing')
  })
})

describe('what was handed in', () => {
  test('stands still at once, and no look, no key and nothing that is asked for lets it run', async () => {
    const { stay, asked, status } = room()
    const look = stay.look(true)
    await stay.freeze()
    await stay.freeze()
    expect(status()).toMatchObject({ frozen: true, suspendedAt: expect.any(String) })
    look.set(false)
    look.set(true)
    expect(stay.sign()).toBeNull()
    await stay.extend()
    await expect(stay.whileAwake(async () => asked.push('work'))).rejects.toThrow(/handed in/)
    expect(asked).toEqual(['pause'])
  })

  test('runs for its check, and stands still again after it while somebody looks and types', async () => {
    const { stay, asked } = room()
    stay.look(true)
    await stay.freeze()
    await stay.whileChecked(async () => {
      asked.push('check')
      expect(stay.nextStep(Date.now())).toBe('nothing')
    })
    stay.sign()
    expect(asked).toEqual(['pause', 'resume', 'wait', 'check'])
    expect(stay.nextStep(Date.now())).toBe('suspend')
  })

  test('in the middle of a check stands still when that is over, and while it waits for one', async () => {
    const { stay, asked } = room({ checking: true })
    await stay.whileChecked(async () => {
      await stay.freeze()
      expect(asked).toEqual([])
    })
    expect(stay.nextStep(Date.now())).toBe('suspend')
  })

  test('stands still for the service that comes next as well', async () => {
    const { stay, again, link } = room()
    await stay.freeze()
    expect(await again().recall(link)).toMatchObject({ frozen: true, suspendedAt: expect.any(String) })
  })
})

describe('the deadline', () => {
  test('moves with signs of life, a minute at a time', () => {
    vi.useFakeTimers()
    try {
      const { stay, status } = room()
      const first = status().expiresAt
      vi.advanceTimersByTime(30_000)
      stay.sign()
      expect(status().expiresAt).toBe(first)
      vi.advanceTimersByTime(30_000)
      stay.sign()
      expect(Date.parse(status().expiresAt) - Date.parse(first)).toBe(minute)
    } finally {
      vi.useRealTimers()
    }
  })

  test('begins with what its role has, however much Extend would give', async () => {
    const { stay, status } = room({}, { ...limits, lifetimeMinutes: 30, extendMinutes: 90 })
    await stay.begin()
    const left = Date.parse(status().expiresAt) - Date.now()
    expect(Math.abs(left - 30 * minute)).toBeLessThan(1_000)
  })

  test('and whether it sleeps survive whoever watched over it', async () => {
    const { stay, again, link, status } = room({ expiresAt: new Date(Date.now() + minute).toISOString() })
    await stay.extend()
    await stay.suspend()
    const { expiresAt, suspendedAt } = status()
    expect(await again().recall(link)).toMatchObject({ expiresAt, suspendedAt })
  })

  test('and since when it sleeps is remembered before it is told: a service killed then leaves it to the next', async () => {
    const { stay, told, status } = room()
    await stay.suspend()
    expect(told.map((text) => JSON.parse(text).suspendedAt)).toEqual([status().suspendedAt])
  })

  test('and that it sleeps is told also where it cannot be remembered', async () => {
    const { stay, forget, status } = room()
    forget()
    await stay.suspend()
    expect(status().suspendedAt).not.toBeNull()
  })

  test('of a machine that remembers nothing is the one it was started with', async () => {
    const { stay, link, status } = room()
    expect(await stay.recall(link)).toMatchObject({ expiresAt: status().expiresAt, suspendedAt: null })
  })
})
