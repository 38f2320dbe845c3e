/** A fresh clone, an interrupted install, two at once, a registry out of reach: the first file of all, run as a program with an npm of ours. */
import { type ChildProcess, spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from './environment.ts'

const mainProgram = `
console.log(JSON.stringify({ argv: process.argv.slice(2), cwd: process.cwd(), stood: process.env.INIT_CWD }))
process.exit(7)
`

/** What npm does, as far as bootstrap can tell: removes everything, takes its time, puts the packages there. */
const goodInstall = `
mkdirSync('node_modules')
await new Promise((resolve) => setTimeout(resolve, Number(process.env.NPM_TAKES ?? 0)))
symlinkSync(${JSON.stringify(join(repository, 'node_modules/tsx'))}, 'node_modules/tsx')
`

/** npm's own lock, which it writes last. */
const hiddenLock = `
import { copyFileSync } from 'node:fs'
copyFileSync('package-lock.json', 'node_modules/.package-lock.json')
`

class Clone {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'ringside-clone-')))
  constructor() {
    mkdirSync(join(this.root, 'cli'))
    copyFileSync(join(repository, 'cli/bootstrap.mjs'), join(this.root, 'cli/bootstrap.mjs'))
    writeFileSync(join(this.root, 'cli/main.ts'), mainProgram)
    writeFileSync(join(this.root, 'package.json'), '{"type":"module"}')
    this.lock('1.0.0')
    this.npm(goodInstall)
  }
  lock(version: string, place = 'package-lock.json') {
    const packages = {
      '': {},
      'node_modules/tsx': { version },
      'node_modules/other-os': { version, optional: true },
    }
    writeFileSync(join(this.root, place), JSON.stringify({ packages }))
  }
  npm(body: string) {
    const head = `import { appendFileSync, mkdirSync, symlinkSync } from 'node:fs'\nappendFileSync('calls', '.')\n`
    writeFileSync(join(this.root, 'npm-cli.mjs'), head + body)
  }
  get calls(): number {
    return existsSync(join(this.root, 'calls')) ? readFileSync(join(this.root, 'calls'), 'utf8').length : 0
  }
  start(args: string[] = [], env: Record<string, string> = {}, cwd = this.root): ChildProcess {
    const npm = { npm_execpath: join(this.root, 'npm-cli.mjs') }
    return spawn(process.execPath, [join(this.root, 'cli/bootstrap.mjs'), ...args], {
      cwd,
      env: { ...process.env, INIT_CWD: '', ...npm, ...env },
    })
  }
  async run(args: string[] = [], env: Record<string, string> = {}, cwd = this.root) {
    return ended(this.start(args, env, cwd))
  }
  [Symbol.dispose]() {
    rmSync(this.root, { recursive: true, force: true })
  }
}

function ended(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (data) => {
    stdout += data
  })
  child.stderr?.on('data', (data) => {
    stderr += data
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
}

test('a fresh clone installs its packages once, then hands over arguments and exit code', async () => {
  using clone = new Clone()
  const first = await clone.run(['lab', 'list', '--json'])
  expect(first.stderr).toContain('Installing the npm packages')
  expect(first.code).toBe(7)
  expect(JSON.parse(first.stdout)).toMatchObject({ argv: ['lab', 'list', '--json'], cwd: clone.root })
  const second = await clone.run()
  expect(second.stderr).toBe('')
  expect(clone.calls).toBe(1)
})

test('changed packages are installed anew', async () => {
  using clone = new Clone()
  await clone.run()
  clone.lock('2.0.0')
  expect((await clone.run()).code).toBe(7)
  expect(clone.calls).toBe(2)
})

test('packages that somebody installed with npm are left alone', async () => {
  using clone = new Clone()
  mkdirSync(join(clone.root, 'node_modules'))
  await clone.run()
  rmSync(join(clone.root, 'node_modules/.ringside-installed'))
  clone.lock('1.0.0', 'node_modules/.package-lock.json')
  expect((await clone.run()).code).toBe(7)
  expect(clone.calls).toBe(1)
})

test('an install that was interrupted is done again', async () => {
  using clone = new Clone()
  const child = clone.start([], { NPM_TAKES: '60000' })
  const end = ended(child)
  await expect.poll(() => clone.calls, { timeout: 10_000 }).toBe(1)
  child.kill('SIGTERM')
  expect((await end).code).toBe(143)
  const again = await clone.run()
  expect(again.code).toBe(7)
  expect(clone.calls).toBe(2)
})

test('after kill -9 the next run lets the orphaned npm finish instead of fighting it', async () => {
  using clone = new Clone()
  clone.npm(goodInstall + hiddenLock)
  const child = clone.start([], { NPM_TAKES: '1500' })
  await expect.poll(() => clone.calls, { timeout: 10_000 }).toBe(1)
  child.kill('SIGKILL')
  expect((await clone.run()).code).toBe(7)
  expect(clone.calls).toBe(1)
})

test('after kill -9 of everything the next run installs anew', async () => {
  using clone = new Clone()
  mkdirSync(join(clone.root, '.ringside'))
  writeFileSync(join(clone.root, '.ringside/installing.pid'), `${2 ** 22 + 1} ${2 ** 22 + 2}`)
  expect((await clone.run()).code).toBe(7)
  expect(clone.calls).toBe(1)
})

test('two at once: one installs, the other waits', async () => {
  using clone = new Clone()
  const both = await Promise.all([clone.run([], { NPM_TAKES: '1500' }), clone.run([], { NPM_TAKES: '1500' })])
  expect(both.map(({ code }) => code)).toEqual([7, 7])
  expect(clone.calls).toBe(1)
  expect(both.map(({ stderr }) => stderr).join()).toContain('waiting for it')
})

test('when npm fails, its last words and a remedy are said, and the exit code is 2', async () => {
  using clone = new Clone()
  clone.npm(`console.error('npm error network request failed'); process.exit(1)`)
  const { code, stderr, stdout } = await clone.run()
  expect(code).toBe(2)
  expect(stderr).toMatch(/npm install, exit 1[\s\S]*network request failed[\s\S]*What to do: .*registry/)
  expect(stdout).toBe('')
})

test('a path on the command line is meant from where the person stands', async () => {
  using clone = new Clone()
  await clone.run()
  const direct = JSON.parse((await clone.run([], {}, tmpdir())).stdout)
  expect(direct).toMatchObject({ cwd: clone.root, stood: tmpdir() })
  const throughNpm = JSON.parse((await clone.run([], { INIT_CWD: '/somewhere' })).stdout)
  expect(throughNpm).toMatchObject({ cwd: clone.root, stood: '/somewhere' })
})
