/** Problems that the app's routes report: what happened, what it means for the work, what to do. */
import { texts } from '../language.ts'
import { problem } from './trouble.ts'

export const problemText = /* @__PURE__ */ texts('problemText', {
  signedOut: problem(
    'signed-out',
    'You are not signed in any more. Your machine goes on running.',
    'In another tab, sign in again or open the link that npm start printed; then try again here.',
  ),
  otherOrigin: problem(
    'other-origin',
    'The request came from another site and was refused. Nothing was changed.',
    'Use the pages of the course under the address that npm start printed.',
  ),
  badRequest: problem(
    'bad-request',
    'The app did not understand the request. Nothing was changed.',
    'Reload the page; it may be older than the app.',
  ),
  tooLarge: problem(
    'too-large',
    'More was sent than the app takes. Nothing was changed.',
    'Send less of it, or reload the page; it may be older than the app.',
  ),
  badDiagnosis: problem(
    'bad-diagnosis',
    'The diagnosis is not complete. Nothing was checked.',
    'Mend these fields and check again, or leave the whole diagnosis empty.',
  ),
  badDiagnosisIn: (fields: string) =>
    `The diagnosis cannot be used as it is (${fields}). Nothing was checked.`,
  badMoment: problem(
    'bad-moment',
    'A moment needs a name of 1 to 40 characters. Nothing was changed.',
    'Give it another name.',
  ),
} as const)
