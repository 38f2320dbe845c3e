/** Texts of the ways in: signing in, joining, invitations, coming back. */
import { texts } from '../../language.ts'
import { problem } from '../trouble.ts'

export const entranceText = /* @__PURE__ */ texts('entranceText', {
  signIn: {
    title: 'Sign in',
    login: 'Login',
    password: 'Password',
    submit: 'Sign in',
    others: 'Other ways in',
    return: 'I have a return code',
    join: 'I have the code of a course',
    with: (name: string) => `Sign in with ${name}`,
    lost: 'A lost password is set anew with a link that your instructor makes.',
  },
  join: {
    title: 'Join a course',
    titleOf: (cohort: string) => `Join ${cohort}`,
    code: 'Code of the course',
    codeHint: 'Twelve letters and digits, from your instructor. Capitals and dashes do not matter.',
    open: 'Go on',
    again: 'Type the code',
    name: 'Your name',
    nameHint: 'As your instructor and the others should see it.',
    submit: 'Join',
    as: (name: string) => `You are signed in as ${name}.`,
    known: 'You have been here before? Sign in first, then your work so far stays with you.',
  },
  return: {
    title: 'Come back',
    code: 'Return code',
    hint: 'The sixteen letters and digits that you were shown when you joined.',
    submit: 'Come back',
  },
  invite: {
    title: (cohort: string) => `You are invited to ${cohort}`,
    role: { instructor: 'As an instructor.', assistant: 'As a teaching assistant.', learner: '' },
    for: (name: string) => `This link is for ${name}. It sets the login and the password, and works once.`,
    login: 'Login',
    password: 'New password',
    passwordHint: 'At least 10 characters. Four unrelated words do well.',
    submit: 'Set the password and go in',
  },
  welcome: {
    title: 'Keep this code',
    lead: 'It is your way back: on another device, after the browser was closed, or next week. It is shown this once and kept nowhere.',
    how: 'To come back, open this address and type it:',
    kept: 'I have kept it',
    print: 'Print',
    gone: 'The code is no longer shown. If you have not kept it, set a password on your account page while you are signed in.',
    account: 'Your account',
    on: 'Go to the course',
  },
  signOut: 'Sign out',
  copy: 'Copy',
  copyOf: (what: string) => `Copy: ${what}`,
  copied: 'Copied',
  copyFailed: 'Copy it by hand',
} as const)

export const entranceProblem = /* @__PURE__ */ texts('entranceProblem', {
  providerDown: problem(
    'provider-down',
    'The identity provider does not answer. Nothing of your work is lost.',
    'Try again in a moment; if it stays so, whoever runs Ringside should look at RINGSIDE_OIDC_ISSUER.',
  ),
  notVouched: problem(
    'not-vouched',
    'The identity provider did not say who you are, or what it said did not fit to this browser.',
    'Begin again from this page, in one window.',
  ),
  wait: (seconds: number) =>
    problem(
      'too-many-tries',
      'Too many wrong tries with this login from here.',
      `Wait ${duration(seconds)}, then try again. Others are not affected.`,
    ),
} as const)

function duration(seconds: number): string {
  if (seconds >= 90) return `${Math.ceil(seconds / 60)} minutes`
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}
