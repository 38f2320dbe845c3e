/**
 * How many descriptors Puma may have after the next boot, by the files that a boot reads. Pure; knows no machine.
 */
import { bootFilesOf, environmentOf, settingsOf, unitOf } from '../shop/boot.ts'

/** systemd's own soft limit where a unit says nothing, and what stands for infinity. */
const unitDefault = 1024
const endless = 1_048_576

/** Null: the files say it in a way that this cannot read. */
export function limitAtBoot(text: string): number | null {
  const files = bootFilesOf(text)
  const unit = unitOf(files)
  const commands = unit.filter((line) => line.startsWith('Exec')).join('\n')
  const name = /\s(?:-C|--config)[ =]?(\S+)/.exec(commands)?.[1] ?? '/etc/puma/puma.rb'
  const config = files.get(name)
  if (!config || /\b(prlimit|ulimit)\b/.test(commands)) return null
  const soft = settingsOf(unit, 'LimitNOFILE').at(-1)?.split(':')[0]
  const byUnit = soft === 'infinity' ? endless : numberOf(soft ?? `${unitDefault}`)
  const calls = config.filter((line) => /^[^#]*setrlimit/.test(line) && line.includes('NOFILE'))
  if (calls.length === 0) return byUnit
  const argument = /NOFILE['"]?\s*,\s*(.*)$/.exec(calls.at(-1) as string)?.[1] ?? ''
  const [, variable, otherwise] =
    /^\(?(?:Integer\()?ENV(?:\.fetch\(|\[)\s*['"](\w+)['"](?:\s*,\s*['"]?(\d+))?/.exec(argument) ?? []
  const number = variable
    ? (environmentOf(unit, files).get(variable) ?? otherwise)
    : /^([\d_]+)/.exec(argument)?.[1]?.replaceAll('_', '')
  return numberOf(number ?? '')
}

const numberOf = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null)
