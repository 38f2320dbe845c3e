/** Texts of the page on which everybody in a cohort sees an instructor's terminal. */
import { texts } from '../../language.ts'

export const screenText = /* @__PURE__ */ texts('screenText', {
  title: 'Screen',
  lead: 'One terminal of an instructor, as everybody in the cohort sees it.',
  none: 'Nothing is shown now. This page begins by itself when something is.',
  shown: (by: string, lab: string) => `${by} shows: ${lab}`,
  shownHint: 'You see it live, and can scroll back. Keys that you press here go nowhere.',
  region: (by: string) => `Terminal that ${by} shows`,
  over: 'It is no longer shown.',
  connecting: 'Connecting',
  show: 'Show to everybody',
  showOf: (lab: string) => `Show to everybody: ${lab}`,
  showTitle: 'Show one of your machines',
  showLead:
    'Everybody in the cohort sees its terminals on this page, from then on and as far back as they are kept. Nobody else types.',
  noMachine: 'You have no machine. Start a lab or the playground, then come back.',
  end: 'End it for everybody',
  mine: 'You show it. Your lab’s page says how many see it.',
  openSelf: 'To your terminal',
  said: { shown: 'It is shown to everybody.', ended: 'It is no longer shown.' },
} as const)
