/**
 * A form that was sent twice is done once. Of a double click the browser drops the first answer, with its session and its return code, and waits for
 * the second: that one is told the same. Forms work without a script (decision 12), so the button cannot prevent it. In memory, for a minute;
 * knows no form.
 */
export function once<T>(keepMs = 60_000) {
  const kept = new Map<string, Promise<T>>()

  /** @param key whoever knows it is given the answer: it holds a number that nobody guesses; '' for a form that has none */
  return (key: string, work: () => Promise<T>): Promise<T> => {
    if (key === '') return work()
    const before = kept.get(key)
    if (before) return before
    const answer = work()
    kept.set(key, answer)
    const forget = () => kept.delete(key)
    // What was refused may be sent again at once: nothing was done.
    answer.then(() => setTimeout(forget, keepMs).unref(), forget)
    return answer
  }
}
