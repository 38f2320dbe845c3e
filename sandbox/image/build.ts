/**
 * The sandbox image: found by the hash of its sources, built when it is missing, upon Debian's own image or upon one bootstrapped here where no
 * registry answers. Knows the engine as a port; knows no Docker, no template and no machine.
 */
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { PassThrough, type Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { pack } from 'tar-stream'
import { type Driver, EngineError } from '../driver.ts'

/** The part of the engine that building needs. */
type Engine = Pick<Driver, 'imageId' | 'pull' | 'importImage' | 'build'>

const repository = 'ringside/sandbox'
const registryBase = 'debian:trixie-slim'
const ownBase = 'ringside/base:trixie'

const here = path.dirname(fileURLToPath(import.meta.url))
/** What the Dockerfile copies. Tests and prose stay outside, so that a word in them does not cost a build. */
const sources = ['Dockerfile', 'runtime.sh', 'agent', 'guest', 'relisten', 'telemetry', 'world']
const notSource =
  /(^|\/)(\.gitignore|test|.*\.(o|d)|world\/world|agent\/agent|relisten\/relisten\.so|telemetry\/telemetryd)$/

interface ContextFile {
  name: string
  mode: number
  content: Buffer
}

/** The image of these sources, built if it is not there. Its tag. */
export async function ensureImage(engine: Engine, onProgress: (line: string) => void): Promise<string> {
  const files = await contextFiles()
  const tag = imageTag(files)
  if (await engine.imageId(tag)) return tag
  const base = await ensureBase(engine, onProgress)
  onProgress('building the sandbox image (once; some minutes)')
  const args = { BASE: base, ...(await proxyArgs()) }
  await engine.build(contextTar(files), { tag, args, labels: { 'ringside.image': tag } }, onProgress)
  return tag
}

/** The tag that these sources have, whether or not the image is there: the doctor's question. */
export async function expectedImage(): Promise<string> {
  return imageTag(await contextFiles())
}

async function ensureBase(engine: Engine, onProgress: (line: string) => void): Promise<string> {
  if (await engine.imageId(ownBase)) return ownBase
  if (await engine.imageId(registryBase)) return registryBase
  onProgress(`fetching ${registryBase}`)
  if (await engine.pull(registryBase)) return registryBase
  onProgress('no registry answers: making a Debian base here (debootstrap)')
  await bootstrap(engine, onProgress)
  return ownBase
}

async function bootstrap(engine: Engine, onProgress: (line: string) => void): Promise<void> {
  const child = spawn('bash', [path.join(here, 'base.sh')], { stdio: ['ignore', 'pipe', 'pipe'] })
  let last = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n').filter(Boolean)) {
      last = line
      onProgress(line)
    }
  })
  const ended = new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  )
  // The tar ends for the engine only when base.sh did well: half a filesystem must not become an image.
  const tar = new PassThrough()
  child.stdout.pipe(tar, { end: false })
  const failure = ended.then((status) => {
    if (status === 0) return void tar.end()
    const error = new EngineError(
      `The base image could not be made: ${last || `base.sh ended with ${status}`}`,
      `Give Docker access to a registry with ${registryBase}, or run this as root with debootstrap installed.`,
    )
    tar.destroy(error)
    throw error
  })
  await Promise.all([failure, engine.importImage(tar, ownBase)])
}

/** Every source file in a fixed order. Only the executable bit of the mode counts: that is what git keeps. */
async function contextFiles(): Promise<ContextFile[]> {
  const names = (await Promise.all(sources.map(filesUnder))).flat().filter((name) => !notSource.test(name))
  names.sort()
  return Promise.all(
    names.map(async (name) => {
      const file = path.join(here, name)
      const [content, { mode }] = await Promise.all([readFile(file), stat(file)])
      return { name, content, mode: mode & 0o100 ? 0o755 : 0o644 }
    }),
  )
}

async function filesUnder(name: string): Promise<string[]> {
  if ((await stat(path.join(here, name))).isFile()) return [name]
  const entries = await readdir(path.join(here, name), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(here, path.join(entry.parentPath, entry.name)))
}

function imageTag(files: ContextFile[]): string {
  const hash = createHash('sha256')
  for (const { name, mode, content } of files) {
    hash.update(`${name}\0${mode}\0${content.length}\0`)
    hash.update(content)
  }
  return `${repository}:${hash.digest('hex').slice(0, 16)}`
}

/** Without times and owners: the builder's cache must not notice that a file was checked out again. */
function contextTar(files: ContextFile[]): Readable {
  const tar = pack()
  for (const { name, mode, content } of files) tar.entry({ name, mode, mtime: new Date(0) }, content)
  tar.finalize()
  // tar-stream brings its own streams; engines expect Node's.
  return tar.pipe(new PassThrough())
}

/** Where this machine's apt goes through a proxy, the build's must too. */
async function proxyArgs(): Promise<Record<string, string>> {
  const asked = await promisify(execFile)('apt-config', [
    'dump',
    '--format',
    '%v',
    'Acquire::http::Proxy',
  ]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  )
  const proxy = asked === 'DIRECT' ? '' : asked || process.env.http_proxy || ''
  return proxy ? { http_proxy: proxy } : {}
}
