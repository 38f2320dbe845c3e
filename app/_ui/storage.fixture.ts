/** A browser's storage as it may be found. */
export type StorageState = 'open' | 'full' | 'forbidden'

export function storage(state: StorageState, entries: Record<string, string> = {}) {
  const map = new Map(Object.entries(entries))
  const refuse = (name: string): never => {
    throw new DOMException('no', name)
  }
  const allowed = <Result>(work: () => Result): Result =>
    state === 'forbidden' ? refuse('SecurityError') : work()
  return {
    getItem: (key: string) => allowed(() => map.get(key) ?? null),
    setItem: (key: string, value: string) =>
      allowed(() => (state === 'full' ? refuse('QuotaExceededError') : void map.set(key, value))),
    removeItem: (key: string) => allowed(() => void map.delete(key)),
  }
}
