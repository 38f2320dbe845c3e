/**
 * The language of the house, and how a text comes in it. English stands in en/; another language comes from outside this code, put there before any
 * text is asked for: by the server's start (app/_server/language.ts), by a script of its own in the browser. Knows no other language.
 */
export interface Language {
  /** As in BCP 47: de, pt-BR. */
  tag: string
  /** Right to left, or left to right. */
  dir: 'ltr' | 'rtl'
  /** The text of this name, with English where it has none. */
  of<T>(name: string, english: T): T
}

declare global {
  var ringsideLanguage: Language | undefined
}

const chosen = globalThis.ringsideLanguage

export const language = chosen?.tag ?? 'en'
export const direction = chosen?.dir ?? 'ltr'

/** For dates and numbers. English ones are written with the day first and 24 hours. */
export const locale = chosen?.tag ?? 'en-GB'

/** On what stays English in every language: chapters, tickets, commands. */
export const contentLang = language === 'en' ? undefined : 'en'

/** @param name under which a translation exports it */
export const texts = <T>(name: string, english: T): T => chosen?.of(name, english) ?? english
