import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Admission } from './admission.ts'

/** Work that ends when it is told to, and a record of what began in which order. */
function stage(starts: number, checks = 1) {
  const admission = new Admission({ starts, checks })
  const began: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => () =>
    new Promise<void>((resolve) => {
      began.push(name)
      ends.set(name, resolve)
    })
  const end = async (name: string) => {
    ends.get(name)?.()
    await turn()
  }
  return { admission, began, work, end }
}

describe('starts', () => {
  test('begin in the order in which they were asked for, so many at a time', async () => {
    const { admission, began, work, end } = stage(2)
    for (const name of ['a', 'b', 'c', 'd']) void admission.start(work(name))
    await turn()
    expect(began).toEqual(['a', 'b'])
    await end('b')
    expect(began).toEqual(['a', 'b', 'c'])
    await end('a')
    expect(began).toEqual(['a', 'b', 'c', 'd'])
  })

  test('hear how many come before them each time that changes, and nothing when they need not wait', async () => {
    const { admission, work, end } = stage(1)
    const heard: Record<string, number[]> = { a: [], b: [], c: [] }
    for (const name of ['a', 'b', 'c'])
      void admission.start(work(name), { onWait: (ahead) => heard[name]?.push(ahead) })
    await turn()
    await end('a')
    expect(heard).toEqual({ a: [], b: [1], c: [2, 1] })
  })

  test('that fail make room for the next', async () => {
    const { admission, began, work } = stage(1)
    const failing = admission.start(async () => {
      throw new Error('no')
    })
    void admission.start(work('next'))
    await expect(failing).rejects.toThrow('no')
    await turn()
    expect(began).toEqual(['next'])
  })

  test('that are given up leave the queue and hold nobody up', async () => {
    const { admission, began, work, end } = stage(1)
    const giveUp = new AbortController()
    const heard: number[] = []
    void admission.start(work('a'))
    const given = admission.start(work('b'), { signal: giveUp.signal })
    void admission.start(work('c'), { onWait: (ahead) => heard.push(ahead) })
    giveUp.abort(new Error('ended'))
    await expect(given).rejects.toThrow('ended')
    await end('a')
    expect(began).toEqual(['a', 'c'])
    expect(heard).toEqual([2, 1])
    expect(admission.state).toEqual({ underWay: 1, waiting: 0 })
    await expect(admission.start(work('d'), { signal: giveUp.signal })).rejects.toThrow('ended')
  })
})

describe('checks', () => {
  test('begin in the order in which they were asked for, so many at a time, and hear how many come before them', async () => {
    const { admission, began, work, end } = stage(1, 2)
    const heard: number[] = []
    for (const name of ['a', 'b', 'c']) void admission.check(work(name))
    void admission.check(work('d'), { onWait: (ahead) => heard.push(ahead) })
    await turn()
    expect(began).toEqual(['a', 'b'])
    await end('a')
    expect(began).toEqual(['a', 'b', 'c'])
    await end('b')
    expect(began).toEqual(['a', 'b', 'c', 'd'])
    expect(heard).toEqual([3, 2])
  })

  test('wait for no start, and keep no start waiting', async () => {
    const { admission, began, work } = stage(1, 1)
    void admission.start(work('start'))
    void admission.check(work('check'))
    void admission.start(work('next'))
    await turn()
    expect(began).toEqual(['start', 'check'])
    expect(admission.state).toEqual({ underWay: 1, waiting: 1 })
  })

  test('that are given up leave the line', async () => {
    const { admission, began, work, end } = stage(1, 1)
    const giveUp = new AbortController()
    void admission.check(work('a'))
    const given = admission.check(work('b'), { signal: giveUp.signal })
    void admission.check(work('c'))
    giveUp.abort(new Error('ended'))
    await expect(given).rejects.toThrow('ended')
    await end('a')
    expect(began).toEqual(['a', 'c'])
  })
})

describe('what can wait', () => {
  test('takes the room that checks leave', async () => {
    const { admission, began, work, end } = stage(3, 2)
    for (const name of ['check-1', 'check-2']) void admission.check(work(name))
    for (const name of ['later-1', 'later-2']) void admission.later(work(name))
    await turn()
    expect(began).toEqual(['check-1', 'check-2', 'later-1'])
    await end('check-1')
    expect(began.at(-1)).toBe('later-2')
  })

  test('begins when no start waits, and never keeps a start waiting', async () => {
    const { admission, began, work, end } = stage(2)
    for (const name of ['a', 'b', 'c']) void admission.start(work(name))
    for (const name of ['later-1', 'later-2', 'later-3']) void admission.later(work(name))
    await turn()
    await end('a')
    expect(began).toEqual(['a', 'b', 'c'])
    await end('b')
    expect(began).toEqual(['a', 'b', 'c', 'later-1'])
    await end('c')
    expect(began.at(-1)).toBe('later-2')
    void admission.start(work('d'))
    void admission.start(work('e'))
    await turn()
    expect(began.slice(-2)).toEqual(['d', 'e'])
    await end('later-1')
    expect(began).not.toContain('later-3')
  })
})

describe('quiet', () => {
  test('is when nothing is under way, nothing waits and nobody is busy', async () => {
    const { admission, work, end } = stage(2)
    let quiet = false
    void admission.start(work('a'))
    void admission.later(work('b'))
    void admission.check(work('check'))
    void admission.quiet().then(() => {
      quiet = true
    })
    for (const name of ['a', 'b']) {
      await turn()
      await end(name)
      expect(quiet).toBe(false)
    }
    await end('check')
    expect(quiet).toBe(true)
  })

  test('is at once when nobody does anything', async () => {
    await new Admission({ starts: 1, checks: 1 }).quiet()
  })
})
