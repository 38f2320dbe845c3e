/**
 * When leaving a lab's page deserves a question. A machine outlives its page: its shells go on, drafts are kept, and coming back shows all of it.
 * So nothing is lost by leaving, and nobody who leaves on purpose is asked; what deserves a question is the accident, a key or a gesture meant for
 * the shell that the browser takes. Pure.
 */
export interface Leaving {
  /** A machine is ready. */
  live: boolean
  /** The focus is in a shell: keys are meant for it. */
  inTerminal: boolean
  /** A link or a button of the page was pressed just before: that is a decision. */
  chosen: boolean
}

export const deservesQuestion = ({ live, inTerminal, chosen }: Leaving): boolean =>
  live && inTerminal && !chosen
