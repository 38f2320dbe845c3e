/** Texts of breaking the machines of a class in a new way. */
import { texts } from '../../language.ts'
import { pluralOf } from '../plural.ts'

const machines = pluralOf('machine')

export const injectText = /* @__PURE__ */ texts('injectText', {
  title: 'Break them in a new way',
  lead: 'The fault of another lab, on the machines as they run: everybody gets the same one. What was broken before is taken back; from then on the machine is that lab’s, with its ticket and its checks, and Reset brings it back so. Graded work is never touched.',
  fault: 'Fault',
  faultHint: 'Only faults that fit the kind of at least one machine.',
  fits: (title: string, fitting: number) => `${title} (fits ${machines(fitting)})`,
  whom: 'Whose machine',
  all: 'All that fit',
  one: (name: string, lab: string) => `${name}: ${lab}`,
  submit: 'Break them',
  ask: 'Whoever works at one of the machines chosen above loses the exercise they are at, and cannot go back to an earlier moment of it.',
  yes: 'Yes, break them',
  none: 'No fault fits the machines that run now. It needs a lab of the same kind of machine; the playground has a kind of its own.',
  begun: 'The machines are being broken.',
  list: 'Broken in the last hour',
  states: { asked: 'being broken', done: 'broken', refused: 'left as it was' },
} as const)
