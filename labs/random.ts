/**
 * Numbers from a seed: the same seed gives the same numbers on every machine and for ever, so that a variant and a load can be made again.
 * Not for secrets.
 */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number
  pick<const T>(from: readonly [T, ...T[]]): T
}

/** `name` keeps the numbers of one use apart from those of another under the same seed. */
export function random(seed: number, name: string): Random {
  let state = hash(`${seed} ${name}`)
  function next(): number {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return { next, int, pick: (from) => from[int(0, from.length - 1)] as (typeof from)[0] }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value | 0
}
