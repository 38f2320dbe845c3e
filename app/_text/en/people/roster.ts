/** Texts of the roster: what a file has to look like, and every problem that a line can have. */

import type { RosterProblemCode } from '#/classroom/roster.ts'
import { texts } from '../../language.ts'

const problems: Record<RosterProblemCode, (what: string) => string> = {
  'too-large': () => 'The file is larger than 2 MB.',
  empty: () => 'The file is empty.',
  'not-utf8': () => 'This line is not UTF-8. Save the file as “CSV UTF-8”.',
  nul: (what) => `“${what}” contains a NUL.`,
  'bad-csv': (what) => `The quotes do not fit together. ${what}`,
  'no-header': (what) => `The first line must name the columns name and login; missing: ${what}.`,
  'unknown-column': (what) => `There is no column “${what}”: name, login, role.`,
  'double-column': (what) => `The column “${what}” is there twice.`,
  'too-many-fields': (what) => `More fields than columns: ${what}`,
  'too-many-people': (what) => `A roster has at most 5,000 people; this one has ${what}.`,
  'no-name': (what) => `The name is missing (login “${what}”).`,
  'bad-name': (what) =>
    `“${what}” is no name: 1 to 80 characters, a letter or a digit among them, no control characters.`,
  'no-login': (what) => `The login is missing (“${what}”).`,
  'bad-login': (what) => `“${what}” is no login: 1 to 254 characters, no blanks.`,
  'double-login': (what) => `The login ${what.replace(/ \((\d+)\)$/, ' stands in line $1, too')}.`,
  'bad-role': (what) => `“${what}” is no role: learner, assistant or instructor.`,
  'login-taken': (what) =>
    `The login “${what}” belongs to somebody who is not in this cohort. They join by the code.`,
  'other-role': (what) =>
    `Is in this cohort already, with another role (${what}). Change it on the page of the people.`,
}

export const rosterText = /* @__PURE__ */ texts('rosterText', {
  title: 'Roster',
  lead: 'A CSV file with the columns name and login, and if you like role. It is looked at first; nobody is added before you say so, and then all of them or none.',
  example: 'name,login,role\nGrace Hopper,grace@example.org,learner\nAda Lovelace,ada@example.org,assistant',
  exampleTitle: 'For example',
  file: 'File',
  looking: 'Looking at it…',
  add: (count: number) => (count === 1 ? 'Would add 1 person' : `Would add ${count} people`),
  here: (count: number) => `${count} in the cohort already, left as they are`,
  problemCount: (count: number) =>
    count === 1
      ? '1 problem: nobody can be added before it is mended'
      : `${count} problems: nobody can be added before they are mended`,
  problem: (code: RosterProblemCode, what: string) => problems[code](what),
  line: 'Line',
  what: 'Problem',
  name: 'Name',
  login: 'Login',
  role: 'Role',
  apply: (count: number) => (count === 1 ? 'Add this person' : `Add these ${count} people`),
  applied: (count: number) => `${count} added. Make their links on the page of the people.`,
  nothing: 'Nothing to do: everybody is here already.',
  more: (count: number) => `and ${count} more`,
} as const)
