/** Which theme somebody has, and the colour that the browser's own bar takes with it. */
import { expect, test } from 'vitest'
import { barColours, parseTheme } from './theme.ts'

test('what a cookie says that is no theme is none', () => {
  expect([parseTheme('dark'), parseTheme('pink'), parseTheme(undefined)]).toEqual(['dark', 'auto', 'auto'])
})

test('the bar follows the system until a theme is chosen, then the theme', () => {
  const [light, dark] = barColours('auto')
  expect(light).not.toBe(dark)
  expect(barColours('light')).toEqual([light, light])
  expect(barColours('dark')).toEqual([dark, dark])
})
