/**
 * Whether a command changes the machine, as opposed to looking at it: read from what was typed, with the same caution as everything that a learner's
 * shell remembers (work.ts). Errs towards looking. Pure.
 */
import { type Command, pipelines, writtenBy } from './shell-line.ts'

/** Programs that change something whatever they are told. */
const always = new Set(
  'cp install kill killall ln modprobe mv nano pkill reboot rm rmmod tee truncate vi vim'.split(' '),
)
/** Those that change something when one of their words is like this. */
const sometimes: Record<string, RegExp> = {
  conntrack: /^-[DFUI]/,
  ethtool: /^(-[GKLCNXA]|--set-|-s$|-r$)/,
  ip: /^(add|del|delete|set|change|replace|flush|append)$/,
  iptables: /^-[ADIRFPXNZ]/,
  nft: /^(add|delete|destroy|insert|replace|flush|create|rename|reset|-f)$|^(add|delete|destroy|insert|flush) /,
  prlimit: /=/,
  sed: /^(-[a-zA-Z]*i|--in-place)/,
  service: /^(start|stop|restart|reload)$/,
  // `--pattern=` only chooses what is shown.
  sysctl: /^[^-].*=|^(-w|-p|--system|--load|--write)/,
  systemctl: /^(start|stop|restart|reload|enable|disable|mask|unmask|edit|daemon-reload|set-property|kill)/,
  tc: /^(add|del|change|replace)$/,
  ulimit: /^\d+$|^unlimited$/,
}
/** What is written there, nothing keeps. */
const keepsNothing = /^\/dev\/(null|stdout|stderr|tty)$/

export const changesMachine = (line: string): boolean =>
  writtenBy(line).some((file) => !keepsNothing.test(file)) || pipelines(line).flat().some(changes)

function changes([program, ...words]: Command): boolean {
  const name = program.slice(program.lastIndexOf('/') + 1)
  if (always.has(name)) return true
  const telling = Object.hasOwn(sometimes, name) ? sometimes[name] : undefined
  return telling !== undefined && words.some((word) => telling.test(word))
}
