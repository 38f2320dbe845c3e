/** Texts around every page: header, theme. Part of every page's script, so nothing else stands here. */
import { texts } from '../language.ts'

export const frameText = /* @__PURE__ */ texts('frameText', {
  product: 'Ringside',
  description: 'A hands-on course: how the Linux kernel receives an HTTP request.',
  skip: 'Skip to the content',
  home: 'Ringside: the whole path',
  navigation: 'Course',
  playground: 'Playground',
  account: 'Your account',
  cohorts: 'Cohorts',
  theme: (now: string, next: string) =>
    `Theme: ${themeNames[now] ?? now}. Switch to ${themeNames[next] ?? next}.`,
} as const)

const themeNames: Record<string, string> = { auto: 'as the system', light: 'light', dark: 'dark' }
