/** Texts of pages that are shown in place of another: nobody is signed in, there is no such page. */
import { texts } from '../language.ts'

export const signInText = /* @__PURE__ */ texts('signInText', {
  title: 'Open the link that npm start printed',
  body: 'The terminal where Ringside was started shows one address. It carries a token that tells the course who you are; without it these pages stay closed.',
  command: 'npm start',
  example: 'Open  http://localhost:3000/signin?token=…',
  wrongTitle: 'This token is not the right one',
  wrongBody:
    'Tokens belong to one installation. Copy the whole address from the terminal that runs npm start; nothing of your work is lost.',
} as const)

export const notFoundText = /* @__PURE__ */ texts('notFoundText', {
  title: 'There is no such page',
  body: 'The address may be mistyped, or the chapter may have been renamed.',
  home: 'Go to the path',
} as const)
