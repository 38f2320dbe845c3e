#!/usr/bin/env node
/**
 * The first file that runs in a fresh clone: plain JavaScript, no dependency. Checks Node, brings the npm packages up to date with the
 * lock file, hands over to main.ts in the same process. Knows no command.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const oldestNode = [20, 19]
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const lockFile = join(root, 'package-lock.json')
const modules = join(root, 'node_modules')
const marker = join(modules, '.ringside-installed')
const busy = join(root, '.ringside', 'installing.pid')

checkNode()
await bringPackagesUpToDate()
// Paths on the command line are meant from where the person stands; npm has moved to the checkout and remembers that place.
if (process.cwd() !== root || !process.env.INIT_CWD) process.env.INIT_CWD = process.cwd()
process.chdir(root)
await import(import.meta.resolve('tsx'))
await import('./main.ts')

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  stop(
    `Ringside needs Node.js ${oldestNode.join('.')} or newer; this is ${process.versions.node} (${process.execPath}).`,
    'Install a newer one from https://nodejs.org or with your version manager (`nvm install 22`), then run the command again.',
  )
}

/** Twice at once, or interrupted anywhere, must end well: one installs, the others wait; the marker is written last. */
async function bringPackagesUpToDate() {
  const wanted = fingerprint()
  if (installed(wanted)) return
  await takeTurn()
  try {
    if (installed(wanted)) return
    if (!installedByHand()) await install()
    write(marker, wanted)
  } finally {
    rmSync(busy, { force: true })
  }
}

function fingerprint() {
  if (!existsSync(lockFile))
    stop(`${lockFile} is missing.`, 'Get it back with `git checkout package-lock.json`.')
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex')
}

function installed(wanted) {
  return existsSync(marker) && readFileSync(marker, 'utf8').trim() === wanted
}

/** npm writes its own lock into node_modules at the very end of an install: when it says what ours says, there is nothing to do. */
function installedByHand() {
  try {
    const have = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')).packages
    const want = JSON.parse(readFileSync(lockFile, 'utf8')).packages
    return Object.entries(want).every(
      ([path, { version, optional, link }]) =>
        path === '' || link || have[path]?.version === version || (optional && !have[path]),
    )
  } catch {
    return false
  }
}

async function takeTurn() {
  mkdirSync(dirname(busy), { recursive: true })
  for (let told = false; ; await new Promise((resolve) => setTimeout(resolve, 500))) {
    try {
      return writeFileSync(busy, String(process.pid), { flag: 'wx' })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (isStale()) rmSync(busy, { force: true })
    else if (!told) say('Another Ringside is installing the npm packages; waiting for it.')
    told = true
  }
}

/**
 * The file names the process and its npm, which outlives a kill -9 and must not be fought. It is made first and filled next: an empty one
 * that is not brand new belongs to a process that died between the two.
 */
function isStale() {
  try {
    const pids = readFileSync(busy, 'utf8').split(' ').filter(Boolean).map(Number)
    if (pids.length === 0) return Date.now() - statSync(busy).mtimeMs > 2000
    return !pids.some(isAlive)
  } catch (error) {
    return error.code === 'ENOENT'
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

async function install() {
  const started = Date.now()
  const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`
  const tty = process.stderr.isTTY
  say('Installing the npm packages (about 1 GB on disk) …')
  const beat = setInterval(
    () => {
      if (tty) process.stderr.write(`\r\x1b[K  npm, ${elapsed()}`)
      else say(`  npm, ${elapsed()}`)
    },
    tty ? 1000 : 10_000,
  )
  // What an interrupted install left may look whole and not be.
  rmSync(modules, { recursive: true, force: true })
  const { code, signal, tail } = await npmInstall()
  clearInterval(beat)
  if (tty) process.stderr.write('\r\x1b[K')
  if (code === 0) return say(`npm packages installed (${elapsed()})`)
  rmSync(busy, { force: true })
  if (signal) process.exit(signal === 'SIGINT' ? 130 : 143)
  stop(
    `npm could not install the packages (npm install, exit ${code}). Its last words:\n${tail}`,
    'Check that this machine reaches its npm registry (`npm ping`) and has about 2 GB of free disk, then run the command again: it starts this step anew.',
  )
}

/**
 * Exactly what the lock file says, which is not written. Not `npm ci`: that refuses a lock which does not name the optional packages of other
 * platforms, and where a registry does not carry those, npm cannot write them. NODE_ENV=production would leave out what tests and build need.
 */
function npmInstall() {
  const own = /npm-cli\.[cm]?js$/.test(process.env.npm_execpath ?? '')
  const [command, ...first] = own ? [process.execPath, process.env.npm_execpath] : ['npm']
  const npm = spawn(command, [...first, 'install', '--no-save', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (npm.pid) writeFileSync(busy, `${process.pid} ${npm.pid}`)
  const lines = []
  const keep = (data) => lines.push(...String(data).split('\n').filter(Boolean)) > 200 && lines.splice(0, 100)
  npm.stdout.on('data', keep)
  npm.stderr.on('data', keep)
  let ended = null
  const end = (signal) => {
    ended = signal
    npm.kill(signal)
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  return new Promise((resolve) => {
    const done = (code, words = []) => {
      process.off('SIGINT', end)
      process.off('SIGTERM', end)
      resolve({ code, signal: ended, tail: essence([...lines, ...words]) })
    }
    npm.on('error', (error) => done(127, [error.message]))
    npm.on('close', (code) => done(code))
  })
}

/** npm says first what is wrong, and much more afterwards. */
function essence(lines) {
  const errors = lines.filter((line) => /^npm error ./.test(line))
  return (errors.length > 0 ? errors.slice(0, 12) : lines.slice(-12)).join('\n')
}

function write(path, text) {
  writeFileSync(`${path}.new`, `${text}\n`)
  renameSync(`${path}.new`, path)
}

function say(line) {
  process.stderr.write(`${line}\n`)
}

function stop(message, remedy) {
  say(message)
  say(`What to do: ${remedy}`)
  process.exit(2)
}
