/**
 * How every command speaks: one JSON document or plain text on stdout, everything else on stderr, exit codes 0, 1 and 2. Knows no command.
 */

/** 0 done or passed, 1 did not pass, 2 used wrongly or the machine is not ready. */
export type ExitCode = 0 | 1 | 2

/** Something a person can mend. Ends a command with exit code 2 unless told otherwise. */
export class CommandError extends Error {
  override name = 'CommandError'
  readonly remedy: string
  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options)
    this.remedy = remedy
  }
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

/** Runs a command's work to its exit code; whatever it throws becomes a message with its remedy, or one JSON document that says the same. */
export async function exitCodeOf(json: boolean, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work()
  } catch (error) {
    reportFailure(error, json)
    return 2
  }
}

export function reportFailure(error: unknown, json: boolean): void {
  const { message, remedy } = explain(error)
  if (json) printJson({ error: { message, remedy } })
  say(message)
  if (remedy) say(`What to do: ${remedy}`)
  if (process.env.RINGSIDE_DEBUG && error instanceof Error) say(error.stack ?? '')
}

export function explain(error: unknown): { message: string; remedy: string } {
  if (!(error instanceof Error)) return { message: String(error), remedy: '' }
  if (hasRemedy(error)) return { message: error.message, remedy: error.remedy }
  if ('problem' in error && hasRemedy(error.problem))
    return { message: error.message, remedy: error.problem.remedy }
  return {
    message: error.message,
    remedy:
      'Run it once more; `npm run ringside -- doctor` shows what is missing, RINGSIDE_DEBUG=1 shows where it happened.',
  }
}

const hasRemedy = (value: unknown): value is { remedy: string } =>
  typeof value === 'object' && value !== null && 'remedy' in value && typeof value.remedy === 'string'

/** Columns padded to their widest cell. */
export function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Leaves only when what was printed has left the process: a pipe may still be full. */
export async function leave(code: number): Promise<never> {
  await Promise.all(
    [process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))),
  )
  process.exit(code)
}
