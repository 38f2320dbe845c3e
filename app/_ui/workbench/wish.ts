/**
 * That the learner pressed *Start lab* on another page of this tab. Not in the address: a link from elsewhere, a reload or Back must not
 * start a machine. Browser only.
 */
import { sessionKept } from '../kept.ts'

const key = 'ringside:start'

export const wishStart = (lab: string): void => sessionKept.set(key, lab)

/** True once per wish. */
export function takeWish(lab: string): boolean {
  if (sessionKept.get(key) !== lab) return false
  sessionKept.remove(key)
  return true
}
