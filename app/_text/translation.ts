/** The shape of a translation: any part of the English text, with the same functions. For whoever writes one; nothing of it is left when it runs. */
export type Translation<English> = English extends (...given: infer Given) => infer Said
  ? (...given: Given) => Said extends string ? string : Said
  : English extends string
    ? string
    : English extends readonly unknown[]
      ? readonly Translation<English[number]>[]
      : { readonly [Piece in keyof English]?: Translation<English[Piece]> }
