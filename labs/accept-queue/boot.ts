/**
 * How many connections the next boot will let wait at port 80, by the files: as many as systemd asks for where it listens for Puma, or else as many
 * as Puma does, by its command line or its configuration. Pure; knows how these are spelled, no machine.
 */
import type { BootLine } from '../reading/boot.ts'
import { settingsOf } from '../shop/boot.ts'

export function backlogAtBoot(lines: BootLine[], config: string): number {
  const of = (unit: string) =>
    lines.flatMap(({ file, text }) => (file.startsWith(`/etc/systemd/system/${unit}`) ? [text] : []))
  const socket = of('puma.socket')
  // Puma does not listen() again on what it is handed. Systemd asks for as many as there may be, unless told otherwise.
  if (settingsOf(socket, 'ListenStream').some((address) => /(^|:)80$/.test(address)))
    return Number(settingsOf(socket, 'Backlog').findLast(isNumber) ?? Number.POSITIVE_INFINITY)
  // A bind on the command line takes the place of those in the file (Puma 6.6, UserFileDefaultOptions).
  const commanded = of('puma.service').flatMap(bindsOfCommand)
  const binds = commanded.length > 0 ? commanded : config.split('\n').flatMap(bindOfFile)
  const bind = binds.findLast((one) => /:80(\?|$)/.test(one)) ?? ''
  return Number(/[?&]backlog=(\d{1,9})/.exec(bind)?.[1] ?? pumaBacklog)
}

/** Puma asks for this where its bind says nothing. */
const pumaBacklog = 1024

const isNumber = (text: string): boolean => /^\d{1,10}$/.test(text)

const bindsOfCommand = (text: string): string[] =>
  [...text.matchAll(/\s(?:-b\s*|--bind[\s=]\s*)["']?(tcp:\/\/[^\s"']+)/g)].map(([, bind]) => bind as string)

const bindOfFile = (line: string): string[] =>
  /^bind[\s(]+(["'])(tcp:.*?)\1/.exec(line.trim())?.slice(2) ?? []
