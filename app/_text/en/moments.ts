/** Texts of the menu of moments: saving where the machine is, and going back. */
import { texts } from '../language.ts'

export const momentsText = /* @__PURE__ */ texts('momentsText', {
  open: 'Moments',
  title: 'Moments of this machine',
  lead: 'Everything as it was then: files, settings, running programs, shells. Try two fixes on the same broken server.',
  start: 'The start, before your work',
  typedStart: (at: string) => `The start, with what you typed until ${at}`,
  megabytes: (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 9.95e6 ? 1 : 0)} MB`,
  back: 'Go back',
  backTo: (name: string) => `Go back to: ${name}`,
  drop: (name: string) => `Delete the moment: ${name}`,
  name: 'Name of this moment',
  suggested: (number: number) => `Moment ${number}`,
  /** The present, saved on the way back. */
  leaving: (time: string) => `Before going back, ${time}`,
  save: 'Save this moment',
  full: (most: number) => `${most} moments are kept beside the start: delete one to save another.`,
  checking: 'The machine is being checked.',
  measuring: 'In a few seconds: the figures from before your work are being taken.',
  states: { saving: 'saving this moment', 'going-back': 'going back' },
  said: {
    saved: (name: string) => `Saved: ${name}`,
    back: (name: string) => `The machine is as it was at: ${name}`,
    dropped: (name: string) => `Deleted: ${name}`,
  },
  ask: {
    back: {
      title: (name: string) => `Go back to “${name}”?`,
      body: 'What you did since the last moment is in none of them, and is lost unless you save it now. Your verdicts are kept.',
      full: 'What you did since the last moment is in none of them, and is lost; there is no room to save it. Your verdicts are kept.',
      save: 'Save and go back',
      yes: 'Without saving',
    },
    drop: {
      title: (name: string) => `Delete “${name}”?`,
      body: 'You can no longer go back to this moment. The machine itself stays as it is.',
      yes: 'Delete',
    },
    no: 'Keep working',
  },
} as const)
