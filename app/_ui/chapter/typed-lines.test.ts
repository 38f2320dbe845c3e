/** Copying a terminal session gives something that can be pasted into a terminal. */
import { expect, it } from 'vitest'
import { typedLines } from './typed-lines.ts'

it('takes commands without prompts and without output', () => {
  expect(typedLines('$ ss -lnt\nState Recv-Q\n# sysctl -w a=1\na = 1')).toBe('ss -lnt\nsysctl -w a=1')
})

it('keeps continued commands whole', () => {
  expect(typedLines('# nft add rule \\\n> inet filter\nok')).toBe('nft add rule \\\ninet filter')
})

it('takes everything when nothing was typed', () => {
  expect(typedLines('State  Recv-Q\nLISTEN 9')).toBe('State  Recv-Q\nLISTEN 9')
})
