/**
 * How many requests Puma will work on at once after the next boot, by the files that a boot reads. Pure; knows Puma's spelling, no machine.
 */
import { type BootFiles, bootFilesOf, settingsOf, unitOf } from '../shop/boot.ts'

/** Null: the files say it in a way that this cannot read. */
export function poolAtBoot(text: string): number | null {
  const files = bootFilesOf(text)
  const unit = unitOf(files)
  const environment = environmentOf(unit, files)
  const command = settingsOf(unit, 'ExecStart').at(-1) ?? ''
  const config = files.get(/\s(?:-C|--config)[ =]?(\S+)/.exec(command)?.[1] ?? '/etc/puma/puma.rb')
  if (!config) return null
  const threads =
    numberOf(/\s(?:-t|--threads)[ =]?(?:\d+:)?(\d+)/.exec(command)?.[1]) ??
    lastCall(config, 'threads', environment, 5)
  const workers =
    numberOf(/\s(?:-w|--workers)[ =]?(\d+)/.exec(command)?.[1]) ??
    lastCall(config, 'workers', environment, numberOf(environment.get('WEB_CONCURRENCY')) ?? 0)
  return threads === null || workers === null ? null : threads * Math.max(1, workers)
}

/** An environment file overrides Environment=, a later file an earlier one. */
function environmentOf(unit: string[], files: BootFiles): Map<string, string> {
  const own = settingsOf(unit, 'Environment').flatMap((line) => line.split(/\s+/))
  const read = settingsOf(unit, 'EnvironmentFile').flatMap((name) => files.get(name.replace(/^-/, '')) ?? [])
  const assigned = [...own, ...read].flatMap((line) => {
    const [, name, value] = /^["']?(\w+)=["']?([^"']*)["']?$/.exec(line) ?? []
    return name ? [[name, value as string] as const] : []
  })
  return new Map(assigned)
}

/** What the last `threads 1, N` or `workers N` of Puma's configuration comes to; `otherwise` without one, null when N cannot be read. */
function lastCall(
  config: string[],
  name: string,
  environment: Map<string, string>,
  otherwise: number,
): number | null {
  const call = config.flatMap((line) => new RegExp(`^${name}[ (]+([^#]*)`).exec(line)?.[1] ?? []).at(-1)
  if (call === undefined) return otherwise
  const argument = /((?:[^,(]|\([^)]*\))+?)\s*\)?\s*$/.exec(call)?.[1]?.trim() ?? ''
  return expression(argument, config, environment)
}

function expression(text: string, config: string[], environment: Map<string, string>): number | null {
  const literal = numberOf(/^\(?(\d+)\)?$/.exec(text)?.[1])
  if (literal !== null) return literal
  const [, name, fallback] =
    /ENV(?:\.fetch\(|\[)\s*['"](\w+)['"](?:\s*[,\]]?\s*(?:\|\|)?\s*['"]?(\d+))?/.exec(text) ?? []
  if (name) return numberOf(environment.get(name) ?? fallback)
  if (!/^[a-z_]\w*$/.test(text)) return null
  const assigned = config.flatMap((line) => new RegExp(`^${text}\\s*=\\s*([^#]*)`).exec(line)?.[1] ?? [])
  return assigned.length > 0 ? expression((assigned.at(-1) as string).trim(), [], environment) : null
}

const numberOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : null
