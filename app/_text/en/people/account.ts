/** Texts of the account page. */
import { texts } from '../../language.ts'

export const accountText = /* @__PURE__ */ texts('accountText', {
  title: 'Your account',
  cohorts: 'Your cohorts',
  name: 'Name',
  nameHint: 'As your instructors and the others see it.',
  save: 'Save',
  signIn: {
    title: 'Signing in',
    owner: 'The link that npm start prints signs you in as well, whatever you set here.',
    none: 'You have no password yet. With one you can sign in from anywhere, also when your return code is lost.',
    code: 'You can also come back with the return code that you were shown when you joined.',
    login: 'Login',
    loginHint: 'An e-mail address will do; it is never written to.',
    current: 'Password now',
    password: 'New password',
    passwordHint: 'At least 10 characters. Four unrelated words do well.',
    submit: 'Set the password',
    note: 'Every other browser in which you are signed in is signed out.',
  },
  sessions: {
    title: 'Where you are signed in',
    current: 'this browser',
    since: (when: string) => `since ${when}`,
    end: 'Sign out there',
    endOf: (when: string) => `Sign out the browser that is in since ${when}`,
    out: 'Sign out here',
  },
  export: {
    title: 'Everything of yours',
    lead: 'One archive (tar) with what is stored of you as JSON and with the recordings of your terminals, as long as they are kept.',
    submit: 'Download',
  },
  remove: {
    title: 'Delete the account',
    lead: 'Your machines are ended. Recordings, attempts, verdicts and everything else of yours are deleted for good; nobody can bring them back. What you did as an instructor stays in the log without your name.',
    owner: 'The owner of a house cannot be deleted from within it.',
    confirm: (name: string) => `Type your name, ${name}, to say that you mean it`,
    submit: 'Delete everything',
  },
  said: {
    saved: 'Saved.',
    password: 'The password is set. All other browsers are signed out.',
    ended: 'Signed out there.',
  },
  gone: {
    title: 'The account is deleted',
    body: 'Nothing of it is left here.',
  },
} as const)
