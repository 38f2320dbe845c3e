/** Light, dark, or what the system says; remembered in a cookie so that the server already draws it. Knows no React. */
export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]
export const themeCookie = 'ringside_theme'

export const parseTheme = (value: string | undefined): Theme =>
  themes.find((theme) => theme === value) ?? 'auto'

/** The browser's own bar, beside the page: the paper of tokens.css as sRGB, which is all that every browser takes there. */
const papers = { light: '#fbfaf8', dark: '#12151c' } as const

/** For a system that is light, and for one that is dark. */
export const barColours = (theme: Theme): readonly [string, string] =>
  theme === 'auto' ? [papers.light, papers.dark] : [papers[theme], papers[theme]]

/** Shows the theme now and remembers it for a year. Browser only. */
export function applyTheme(theme: Theme): void {
  const { documentElement: html } = document
  if (theme === 'auto') delete html.dataset.theme
  else html.dataset.theme = theme
  for (const bar of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]'))
    bar.content = barColours(theme)[bar.media.includes('dark') ? 1 : 0]
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers we support
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=31536000; samesite=lax`
  window.dispatchEvent(new Event('ringside:theme'))
}

export function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
}

/** Calls whenever light becomes dark or the other way round. Returns how to stop. */
export function onThemeChange(call: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', call)
  window.addEventListener('ringside:theme', call)
  return () => {
    system.removeEventListener('change', call)
    window.removeEventListener('ringside:theme', call)
  }
}
