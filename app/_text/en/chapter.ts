/** Texts of the reading page. */
import { texts } from '../language.ts'

export const chapterText = /* @__PURE__ */ texts('chapterText', {
  objectives: 'Afterwards you can',
  sources: 'Sources',
  contents: 'On this page',
  course: 'Course',
  neighbours: 'Previous and next chapter',
  meta: (minutes: number) => `${minutes} minutes to read`,
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Select and copy by hand',
  markRead: 'Mark as read',
  isRead: 'Read',
  previous: 'Previous',
  next: 'Next',
  backToPath: 'Back to the path',
  table: 'Table',
  recall: 'Do you remember?',
  aside: { note: 'Note', warning: 'Careful', history: 'How it came about' },
  anchor: (title: string) => `Link to: ${title}`,
  lab: {
    label: 'Lab',
    minutes: (minutes: number) => `about ${minutes} min`,
    /** By the words of labs/schema.ts. */
    difficulty: { 'first steps': 'first steps', steady: 'steady', hard: 'hard' },
    start: 'Start lab',
    resume: 'Go on with the lab',
    again: 'Do it again',
    open: 'not started',
    running: 'Your machine is running',
    closed: 'not open yet',
    passed: 'Passed',
    learn: 'You will',
    unknown: (id: string) => `The lab "${id}" that this chapter names does not exist.`,
  },
} as const)
