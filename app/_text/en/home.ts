/** Texts of the catalogue of labs. */
import { texts } from '../language.ts'

export const catalogueText = /* @__PURE__ */ texts('catalogueText', {
  title: 'All labs',
  lead: 'Each is a server of your own, broken at one stage, and clients outside that suffer from it: find the stage, prove it with a counter, mend it. The first has nothing broken, the last does not say what. In the order in which a packet meets them; they can be taken in any.',
  passed: (passed: number, all: number) => `${passed} of ${all} passed`,
  anywhere: 'Anywhere on the path',
  empty: 'No lab is installed. Put a folder into labs/ and restart.',
} as const)

/** Texts of the home page. */
export const homeText = /* @__PURE__ */ texts('homeText', {
  title: 'What happens before your framework sees the request',
  lead: 'A request passes ten stages in the network card and the kernel before the first line of your server runs. At each one it may wait in a queue with a limit, and be dropped without a word to you.',
  offer:
    'Ringside gives you a server with a kernel of its own, breaks one stage, and lets you find out which: with the counters that the kernel has kept all along.',
  begin: 'Begin',
  continue: 'Continue',
  nextUp: 'Next',
  allLabs: 'All labs',
  progress: (read: number, chapters: number, passed: number, labs: number) =>
    `${read} of ${chapters} ${chapters === 1 ? 'chapter' : 'chapters'} read, ${passed} of ${labs} ${labs === 1 ? 'lab' : 'labs'} passed`,
  pathLabel: 'The path of a request, from the wire down to the app',
  limit: 'limit',
  counter: 'look',
  chapter: (number: number) => `Chapter ${number}`,
  minutes: (minutes: number) => `${minutes} min`,
  reading: (minutes: number) => `${minutes} min reading`,
  read: 'read',
  lab: 'Lab',
  labState: { closed: 'not open yet', open: 'not started', running: 'machine running', passed: 'passed' },
  empty: 'The course has no chapters yet. Put a chapter into content/chapters and reload.',
  legend: {
    title: 'How to read the line',
    vessel: 'A queue: what waits, and the notch of its limit',
    drop: 'Where packets can leave the line, and where that is counted',
    boundary: 'Where the packet changes hands',
  },
} as const)
