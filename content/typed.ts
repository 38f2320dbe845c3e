/** What is typed in a terminal session of the text, and which sessions may be run by a click. Works on text; knows no tree. */

/** The lines behind a prompt, `#` of root or `$` of others, without it. */
export const typedIn = (session: string): string[] =>
  session.split('\n').flatMap((line) => /^[$#] (.+)$/.exec(line)?.[1]?.trim() ?? [])

/** @param meta what stands behind the language of a code block: "```console run" */
export const isRunnable = (meta: string | null | undefined): boolean => /(?:^|\s)run(?:\s|$)/.test(meta ?? '')

/** What keeps a block from being run by a click; null when nothing does. */
export function runProblem(lang: string | null, session: string): string | null {
  if (lang !== 'console') return 'Only a block of language console can be run.'
  const lines = typedIn(session)
  if (lines.length !== 1)
    return `A block that can be run has one line behind a prompt; this one has ${lines.length}.`
  if (!/^[\x20-\x7e]{1,500}$/.test(lines[0] ?? '')) return 'The line to run must be printable ASCII.'
  return lines[0]?.endsWith('\\') ? 'The line to run goes on in the next one; write it as one.' : null
}
