/**
 * What hints cost, in points of the hundred that every lab has: each says more than the one before, so each costs one more. Knows no lab.
 */
export const hintPrice = (number: number): number => number

/** What the first `count` hints cost together. */
export const hintsCost = (count: number): number =>
  Array.from({ length: count }, (_, i) => hintPrice(i + 1)).reduce((sum, one) => sum + one, 0)
