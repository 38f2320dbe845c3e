/** Blocks that can be run by a click: what reaches the page, and what their author is told. */
import { expect, test } from 'vitest'
import { compileBody } from './compile.ts'
import { isRunnable, runProblem, typedIn } from './typed.ts'

test('the line of a marked block reaches the page, that of another does not', async () => {
  const block = (mark: string) => `\`\`\`console${mark}\n# ethtool -g eth0\nRX: 256\n\`\`\`\n`
  expect((await compileBody(block(' run'))).code).toContain('"data-run":"ethtool -g eth0"')
  expect((await compileBody(block(''))).code).not.toContain('data-run')
})

test('the mark is a word of its own', () => {
  expect(isRunnable('run')).toBe(true)
  expect(isRunnable('{1} run')).toBe(true)
  for (const meta of ['title="run.sh"', 'runs', '', null]) expect(isRunnable(meta)).toBe(false)
})

test('one line behind a prompt, in one piece, of a terminal session', () => {
  expect(typedIn('# a\nout\n$ b')).toEqual(['a', 'b'])
  expect(runProblem('console', '# ss -lnt\nLISTEN')).toBeNull()
  expect(runProblem('sh', 'ss -lnt')).toMatch(/language console/)
  expect(runProblem('console', '# a\n# b')).toMatch(/this one has 2/)
  expect(runProblem('console', 'only output')).toMatch(/this one has 0/)
  expect(runProblem('console', '# a \\')).toMatch(/goes on/)
  expect(runProblem('console', '# a\u202eb')).toMatch(/ASCII/)
})
