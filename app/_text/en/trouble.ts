/** Problems that a browser reports by itself, where no route has said more. Part of every chapter's script, so nothing else stands here. */

import type { Problem } from '#/sandbox/protocol/status.ts'
import { texts } from '../language.ts'

export const problem = (code: string, message: string, remedy: string): Problem => ({ code, message, remedy })

export const troubleText = /* @__PURE__ */ texts('troubleText', {
  unexpected: problem(
    'unexpected',
    'Something in the app went wrong. What was stored before is safe, and your machine goes on running.',
    'Try again; if it stays so, look at the terminal that runs npm start.',
  ),
  network: problem(
    'network',
    'The app does not answer. Your machine goes on running, and nothing that was stored is lost.',
    'Check the network and that npm start still runs, then try again.',
  ),
} as const)

/**
 * A problem as it is shown, wherever it comes from: those of the classroom and of the sandbox service are made in English, there; another language
 * has its words for them here, by their code.
 */
export const problemShown = /* @__PURE__ */ texts('problemShown', (given: Problem): Problem => given)
