/**
 * What all commands share: `--json`, the exit code, values of options. Knows no command.
 */
import { type Command, InvalidArgumentError } from 'commander'
import { type ExitCode, exitCodeOf } from './output.ts'

/** Makes `work` the action of a command. It gets the arguments and then the options, `json` among them. */
export function runs<Options extends { json?: boolean }, Args extends unknown[]>(
  command: Command,
  work: (...input: [...Args, Options]) => Promise<ExitCode>,
): void {
  command.option('--json', 'print one JSON document on stdout and nothing else')
  command.action(async (...given: unknown[]) => {
    const input = given.slice(0, -1) as [...Args, Options]
    const { json = false } = input.at(-1) as Options
    process.exitCode = await exitCodeOf(json, () => work(...input))
  })
}

export function parseSeed(text: string): number {
  return wholeNumber(text, 0, 2 ** 31 - 1)
}

export function parseCount(text: string): number {
  return wholeNumber(text, 1, 1000)
}

function wholeNumber(text: string, least: number, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new InvalidArgumentError(`Should be a whole number from ${least} to ${most}.`)
}
