/**
 * The three faces, preloaded, with fallbacks of the same measure so that nothing moves when they arrive. Characters beyond Latin come from
 * the subsets that globals.css names.
 */
import localFont from 'next/font/local'

const serif = localFont({
  src: '../../../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-opsz-normal.woff2',
  weight: '200 900',
  variable: '--face-serif',
  adjustFontFallback: 'Times New Roman',
})
const sans = localFont({
  src: '../../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--face-sans',
})
const mono = localFont({
  src: '../../../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  weight: '100 800',
  variable: '--face-mono',
  adjustFontFallback: false,
})

export const faces = [serif.variable, sans.variable, mono.variable].join(' ')
