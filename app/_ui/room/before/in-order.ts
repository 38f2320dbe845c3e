/** Calls that overwrite each other: each begins when the one before has ended, so that the last one asked for is the one that stands. */
export function inOrder<Asked, Answer>(
  call: (asked: Asked) => Promise<Answer>,
): (asked: Asked) => Promise<Answer> {
  let last: Promise<unknown> = Promise.resolve()
  return (asked) => {
    const mine = last.then(() => call(asked))
    last = mine.catch(() => {})
    return mine
  }
}
