/** Texts of the certificate: the page of whoever earns it, and the one that anybody may have verified. */
import { locale, texts } from '../language.ts'
import { pluralOf } from './plural.ts'

const chapters = pluralOf('chapter')
const labs = pluralOf('lab')

export const certificateText = /* @__PURE__ */ texts('certificateText', {
  title: 'The certificate',
  lead: 'For whoever has read every chapter and passed every lab.',
  missing: (count: { read: number; chapters: number; passed: number; labs: number }) =>
    `${count.read} of ${chapters(count.chapters)} read, ${count.passed} of ${labs(count.labs)} passed. When none is missing, it stands here.`,
  onward: 'To the course',
  link: 'Its link',
  linkNote:
    'Whoever has this address sees the certificate and that it is true, without signing in. It says your name, the day and the labs, and nothing else of you. It stays good when the course grows.',
  open: 'Open it as others see it',
  says: 'has read',
  body: (read: number, passed: number) =>
    `${chapters(read)} on how the Linux kernel receives an HTTP request, and passed ${labs(passed)} on machines of their own: found by the counters of their kernels, mended where something was broken, and checked under load.`,
  on: 'Completed on',
  course: 'Course',
  version: (version: string) => `Ringside ${version}`,
  labs: 'Labs passed',
  day: (day: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day)),
  verified: 'Verified',
  verifiedBody: 'This Ringside signed it, and not a letter has been changed since.',
  invalid: {
    title: 'This is no certificate of this Ringside',
    body: 'The link is incomplete, something in it was changed, or another Ringside issued it. Nothing that it says is to be believed. Ask whoever sent it for the whole link.',
  },
} as const)
