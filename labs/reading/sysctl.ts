/**
 * What the next boot will set by sysctl: its files as systemd-sysctl reads them (sysctl.d(5)), and the commands that run after it. Knows no lab.
 */
import { bootLinesOf } from './boot.ts'
import type { Sections } from './sections.ts'

export interface BootSettings {
  /** Null: nobody sets it. */
  of(name: string): string | null
  /** `otherwise`, the kernel's own, also where what is set is no number: then the kernel refuses it. */
  number(name: string, otherwise: number): number
  /** Something stands in /etc/sysctl.conf, and nothing at this boot reads that. */
  isLeftUnread: boolean
}

/** Commands run after the files were read, so what they set stands. */
export function bootSettings(sections: Sections): BootSettings {
  const { read, unread } = sysctlFiles(sections.durable ?? '')
  const commands = bootLinesOf(sections).map(({ text }) => text)
  const of = (name: string) => settingByCommand(commands, name, unread) ?? settingAtBoot(read, name)
  return {
    of,
    number: (name, otherwise) => numberOf(of(name)) ?? otherwise,
    isLeftUnread: unread !== '' && !commands.some(isReadingAll),
  }
}

/**
 * The lines that `durablePart` of labs/shop prints, `FILE: LINE`: those that a boot reads, in its order, which is that of the files' names, whatever
 * their folders; and those of /etc/sysctl.conf, which Debian 13 reads no more: systemd never has since 207, and procps has given up its link to it.
 */
export function sysctlFiles(section: string): { read: string; unread: string } {
  const lines = section.split('\n').flatMap((line) => {
    const [, file, name = ''] = /^(\/(?:.*?\/)?([^/]*?\.conf)): \s*[^\s#;]/.exec(line) ?? []
    return file ? [{ line, name, isRead: file !== '/etc/sysctl.conf' }] : []
  })
  const text = (some: typeof lines) => some.map(({ line }) => line).join('\n')
  return {
    read: text(
      lines.filter(({ isRead }) => isRead).sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name))),
    ),
    unread: text(lines.filter(({ isRead }) => !isRead)),
  }
}

/** The value that the last of these lines sets, of those that spell the name out if there are any; null when none does. */
export function settingAtBoot(lines: string, name: string): string | null {
  const path = name.replaceAll('.', '/')
  const settings = lines.split('\n').flatMap((line) => settingIn(line) ?? [])
  const exact = settings.filter(({ key }) => key === path)
  // A line `-NAME` without a value keeps patterns off the name, and takes back what was set before.
  return (exact.length > 0 ? exact : settings.filter(({ key }) => fits(key, path))).at(-1)?.value ?? null
}

export const valueAtBoot = (lines: string, name: string, otherwise: number): number =>
  numberOf(settingAtBoot(lines, name)) ?? otherwise

function settingIn(line: string): { key: string; value: string | null } | null {
  const [, mark, name = '', value] = /^\/.*?\.conf:\s*(-?)([^=]*)(?:=(.*))?$/s.exec(line) ?? []
  return value === undefined && mark !== '-'
    ? null
    : { key: pathOf(name.trim()), value: value?.trim() ?? null }
}

/** The first separator decides: after a dot, dots and slashes change places. */
function pathOf(name: string): string {
  const isDotted = /[./]/.exec(name)?.[0] === '.'
  const path = isDotted ? name.replace(/[./]/g, (one) => (one === '.' ? '/' : '.')) : name
  return path.replace(/^\//, '')
}

/** A pattern ends at a slash. No more than three marks, since matching many would take a hostile pattern for ever. */
function fits(pattern: string, path: string): boolean {
  if (!/^[\w/-]*(?:[*?][\w/-]*){1,3}$/.test(pattern)) return false
  return new RegExp(`^${pattern.replaceAll('?', '[^/]').replaceAll('*', '[^/]*')}$`).test(path)
}

/** What follows a number after a blank the kernel does not read. */
function numberOf(text: string | null): number | null {
  const number = /^\d{1,15}(?!\S)/.exec(text ?? '')
  return number && Number(number[0])
}

export const valueByCommand = (lines: string[], name: string): number | null =>
  numberOf(settingByCommand(lines, name))

/** The value that the last of these commands sets; null when none does. `unread`: what /etc/sysctl.conf says, for those that read it. */
function settingByCommand(lines: string[], name: string, unread = ''): string | null {
  const setters = settersOf(name)
  const values = lines.map(plain).flatMap((line) => {
    if (isReadingAll(line)) return settingAtBoot(unread, name) ?? []
    const found = setters.map((setter) => setter.exec(line)?.groups?.value)
    return found.find((value) => value !== undefined) ?? []
  })
  return values.at(-1) ?? null
}

/** `sysctl -w NAME=N`, `echo N >/proc/sys/…`, a `w` line of tmpfiles. Whatever a lab asks for is numbers, ranges and lists of them. */
function settersOf(name: string): RegExp[] {
  const dotted = name.replaceAll('.', '[./]')
  const path = `["']?/proc/sys/${name.replaceAll('.', '/')}`
  const value = '(?<value>[\\d,-]*(?: [\\d,-]+)*)'
  return [
    `\\bsysctl\\b.*?(["']) ?${dotted} ?= ?${value} ?\\1`,
    `\\bsysctl\\b.*? ${dotted}=(["']) ?${value} ?\\1`,
    `\\bsysctl\\b.*? ${dotted}=(?<value>[\\d,-]*)(?=[ "');&|]|$)`,
    `\\b(?:echo|printf)(?: -\\w+)* (?:(["'])%[sd](?:\\\\n)?\\1 )?["']?${value}(?:\\\\n)?["']? ?(?:>|>>|\\| ?tee(?: -a)?) ?${path}\\b`,
    `^w\\S* ${path}["']?(?: \\S+){4} ${value}$`,
  ].map((setter) => new RegExp(setter))
}

/** Whether a command reads /etc/sysctl.conf. */
const isReadingAll = (line: string): boolean =>
  /\bsysctl\b[^;&|]* (?:--system|(?:-\w*p|--load)(?:[ =]\/etc\/sysctl\.conf)?)["']? ?(?:[;&|]|$)/.test(
    plain(line),
  )

/** Blanks as one, and no longer than a person writes: an expression may take the square of it in steps. */
const plain = (line: string): string => line.slice(0, 2_000).replace(/\s+/g, ' ').trim()
