/**
 * What of a contracted rate is kept to. What a server is set to, and what its clients get of it, are two figures: a tenth is headers, beginnings, and what is dropped on
 * purpose. Pure.
 */

/** Of the contracted rate, what the server may be set to: not more, but for how it was rounded, and no less than what fills the line as far as `used` asks. */
export const shaped = { least: 0.82, most: 1.01 }

/** Of the contracted rate, what the downloads may get. Set to it, 0.90 to 0.96 were seen. */
export const used = { least: 0.75, most: 1.05 }

export const isSetRight = (kbit: number | null, contracted: number): boolean =>
  kbit !== null && kbit >= shaped.least * contracted && kbit <= shaped.most * contracted
