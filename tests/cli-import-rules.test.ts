/** Each rule of the imports' table is broken once, in a tree of its own, and seen to be found. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const repository = fileURLToPath(new URL('..', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'ringside-imports-'))

/** File -> what it imports, and the rule that must find it; null where nothing may be found. */
const cases: [file: string, imports: string, rule: string | null][] = [
  ['labs/lab.ts', '../grader/guest.ts', null],
  ['labs/bad.ts', '../grader/grade.ts', 'labs-imports'],
  ['grader/bad.ts', '../sandbox/driver.ts', 'grader-imports'],
  ['sandbox/bad.ts', '../classroom/index.ts', 'sandbox-imports'],
  ['content/bad.ts', '../classroom/index.ts', 'content-imports'],
  ['classroom/good.ts', '../sandbox/client.ts', null],
  ['classroom/bad.ts', '../sandbox/driver.ts', 'classroom-imports'],
  ['app/good.tsx', '../classroom/index.ts', null],
  ['app/bad.tsx', '../sandbox/driver.ts', 'app-imports'],
  ['app/map.tsx', '../sandbox/counters/derive.ts', null],
  ['app/sampler.tsx', '../sandbox/counters/sampler.ts', 'app-imports'],
  ['cli/good.ts', '../sandbox/driver.ts', null],
  ['cli/bad.ts', '../app/page.tsx', 'cli-imports'],
  ['cli/react.ts', 'react', 'react-only-in-app'],
  ['app/prisma.ts', '@prisma/client', 'prisma-only-in-classroom'],
  ['sandbox/docker.ts', 'dockerode', null],
  ['cli/docker.ts', 'dockerode', 'dockerode-only-in-its-adapter'],
  ['cli/browser.ts', 'playwright-core', 'browser-only-in-tests-and-benches'],
  ['grader/command.ts', 'commander', 'commander-only-in-cli'],
  ['app/socket.ts', 'ws', 'ws-only-at-the-gateway'],
  ['sandbox/leak.ts', './docker.ts', null],
  ['app/docker.tsx', '../sandbox/leak.ts', 'app-holds-no-docker'],
  // A circle is told once, at one of its files.
  ['labs/circle.ts', './around.ts', null],
  ['labs/around.ts', './circle.ts', 'no-circles'],
  ['labs/testing.ts', './a.test.ts', 'nothing-imports-tests'],
  ['labs/lost.ts', './nowhere.ts', 'resolvable'],
  ['labs/undeclared.ts', 'undeclared', 'declared'],
  // What the reader of imports must be able to read: JSX, `using`, a type, an import at run time.
  ['app/jsx.tsx', '../sandbox/qemu.ts', 'app-imports'],
  ['grader/typed.ts', '../sandbox/types.ts', 'grader-imports'],
  ['grader/later.ts', '../sandbox/later.ts', 'grader-imports'],
]

const bodies: Record<string, (path: string) => string> = {
  'app/jsx.tsx': (path) =>
    `import { x } from '${path}'\nexport const Page = () => <main className="a">{x}</main>\n`,
  'grader/typed.ts': (path) => `import type { X } from '${path}'\nexport type Y = X\n`,
  'grader/later.ts': (path) =>
    `export async function f() {\n  await using a = b()\n  return import('${path}')\n}\n`,
}

const plain = [
  'grader/guest.ts',
  'grader/grade.ts',
  'sandbox/driver.ts',
  'sandbox/client.ts',
  'sandbox/qemu.ts',
  'sandbox/counters/derive.ts',
  'sandbox/counters/sampler.ts',
]
const more = ['sandbox/types.ts', 'sandbox/later.ts', 'classroom/index.ts', 'app/page.tsx', 'labs/a.test.ts']
const packages = ['react', '@prisma/client', 'dockerode', 'playwright-core', 'commander', 'ws']

let found: { from: string; rule: { name: string } }[]

beforeAll(async () => {
  for (const file of [...plain, ...more]) write(file, 'export const x = 1\n')
  for (const [file, imports] of cases)
    write(file, (bodies[file] ?? ((path) => `import '${path}'\n`))(imports))
  for (const name of [...packages, 'undeclared']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }))
    write(`node_modules/${name}/index.js`, '')
  }
  const dependencies = Object.fromEntries(packages.map((name) => [name, '1.0.0']))
  write('package.json', JSON.stringify({ type: 'module', dependencies }))
  write('tsconfig.json', '{}')
  const folders = ['app', 'classroom', 'cli', 'content', 'grader', 'labs', 'sandbox']
  const rules = join(repository, '.dependency-cruiser.cjs')
  const program = join(repository, 'node_modules/.bin/depcruise')
  const { stdout } = await promisify(execFile)(program, ['--config', rules, '-T', 'json', ...folders], {
    cwd: root,
  }).catch((error: { stdout: string }) => error)
  found = JSON.parse(stdout).summary.violations
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

test.each(cases)('%s imports %s: %s', (file, _, rule) => {
  const names = found.filter(({ from }) => from === file).map((one) => one.rule.name)
  if (rule === null) expect(names).toEqual([])
  else expect(names).toContain(rule)
})
