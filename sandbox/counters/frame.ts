/**
 * The agent's bytes cut into sections (image/PROTOCOL.md, Counters), and text cut into numbers. Everything here comes from a guest: a length
 * that does not fit ends the frame, what is no number is null, and no list grows beyond what its reader allows. Knows no counter.
 */

/** Bytes of each source that was read, by its id; the first of a kind counts. */
export function sectionsOf(frame: Buffer): Map<number, Buffer> {
  const sections = new Map<number, Buffer>()
  for (let at = 0; at + 4 <= frame.length; ) {
    const end = at + 4 + frame.readUInt16LE(at + 2)
    if (end > frame.length) break
    const id = frame.readUInt8(at)
    if (!sections.has(id)) sections.set(id, frame.subarray(at + 4, end))
    at = end
  }
  return sections
}

/** No text of ours has more lines: what lies beyond is not looked at. */
const mostLines = 512

/** Lines of words. */
export function wordsOf(bytes: Buffer): string[][] {
  return bytes
    .toString('latin1')
    .split('\n', mostLines)
    .filter((line) => line !== '')
    .map((line) => line.trim().split(/\s+/))
}

/** A whole number in decimal; null for anything else, and beyond what can be told exactly. */
export function whole(text: string | undefined): number | null {
  if (!text || !/^\d{1,20}$/.test(text)) return null
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : null
}

/** As whole, 0 for what is none: for columns of a line that is known by its name. */
export const count = (text: string | undefined): number => whole(text) ?? 0

export function hex(text: string | undefined): number {
  return text && /^[0-9a-f]{1,12}$/.test(text) ? Number.parseInt(text, 16) : 0
}

/** A name of the guest's as it may be shown: printable ASCII, no more than so much. */
export const plain = (text: string, most: number): string => text.replaceAll(/[^!-~]/g, '').slice(0, most)

export const sum = (numbers: number[]): number =>
  numbers.reduce((total, one) => Math.min(total + one, Number.MAX_SAFE_INTEGER), 0)
