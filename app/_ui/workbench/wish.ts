/**
 * That the learner pressed *Start lab* on another page of this tab. Not in the address: a link from elsewhere, a reload or Back must not
 * start a machine. Browser only.
 */
const key = 'ringside:start'

export const wishStart = (lab: string): void => sessionStorage.setItem(key, lab)

/** True once per wish. */
export function takeWish(lab: string): boolean {
  if (sessionStorage.getItem(key) !== lab) return false
  sessionStorage.removeItem(key)
  return true
}
