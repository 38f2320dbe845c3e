/**
 * What a page keeps in the browser. Storage may be full, or forbidden, where the very name of it throws: then it is kept by this page, for as long as it
 * lives. Knows nothing of what is kept.
 */
export interface Kept {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
}

export const sessionKept = keptIn('sessionStorage')
export const localKept = keptIn('localStorage')

function keptIn(name: 'sessionStorage' | 'localStorage'): Kept {
  /** What the storage did not take: newer than what stands there. */
  const here = new Map<string, string>()
  return {
    get: (key) => here.get(key) ?? tried(() => globalThis[name].getItem(key)) ?? null,
    set(key, value) {
      const taken = tried(() => {
        globalThis[name].setItem(key, value)
        return true
      })
      if (taken) here.delete(key)
      else here.set(key, value)
    },
    remove(key) {
      here.delete(key)
      tried(() => globalThis[name].removeItem(key))
    },
  }
}

function tried<Result>(work: () => Result): Result | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
