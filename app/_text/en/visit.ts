/** What a learner is told of who looks at their terminals, and asked about who may type there. */
import { texts } from '../language.ts'

const names = (all: readonly string[]): string =>
  all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`

export const visitText = /* @__PURE__ */ texts('visitText', {
  looking: (all: readonly string[]) =>
    `${names(all)} ${all.length === 1 ? 'looks' : 'look'} at your terminals now, and cannot type.`,
  members: (count: number) =>
    count === 1 ? '1 person sees your terminals.' : `${count} people see your terminals.`,
  asks: (name: string) => `${name} asks to type in your terminals.`,
  asksMore: 'You see every key, go on typing yourself, and can end it at any time.',
  yes: 'Let them type',
  no: 'Do not',
  types: (name: string) => `${name} may type in your terminals now.`,
  stop: 'End it',
  injected: 'Your instructor has broken this machine in a new way. What you did before is judged as it was.',
  toTicket: 'To its ticket',
  ended: (name: string) => `${name} can type no more.`,
} as const)
