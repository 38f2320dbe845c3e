import { chmod, mkdir, mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { findPrograms, hydrateLinks, reachablePrograms } from './binaries.ts'
import { choosePlace } from './place.ts'
import { run } from './run.ts'

const isRoot = process.getuid?.() === 0
/** Anybody but root will do. */
const nobody = { name: 'nobody', uid: 65534, gid: 65534 }
const quiet = () => {}

async function temporary() {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'ringside-place-')))
  await chmod(folder, 0o711)
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

test('the data lie in the checkout’s home, by whatever path it is reached', async () => {
  await using at = await temporary()
  const home = path.join(at.folder, 'home')
  await mkdir(home)
  await symlink(home, path.join(at.folder, 'link'))
  const account = isRoot ? nobody : { name: 'me' }
  expect(await choosePlace(home, account, quiet)).toBe(path.join(home, 'postgres'))
  expect(await choosePlace(path.join(at.folder, 'link'), account, quiet)).toBe(path.join(home, 'postgres'))
})

test.runIf(isRoot)(
  'a home that the account cannot enter sends them elsewhere, says so, and remembers it',
  async () => {
    await using at = await temporary()
    const closed = path.join(at.folder, 'root')
    const home = path.join(closed, 'checkout', '.ringside')
    const elsewhere = path.join(at.folder, 'elsewhere')
    await mkdir(home, { recursive: true })
    await chmod(closed, 0o700)
    const said: string[] = []
    const place = await choosePlace(home, nobody, (message) => said.push(message), elsewhere)
    expect(place).toMatch(new RegExp(`^${elsewhere}/checkout-[0-9a-f]{8}$`))
    expect(said).toEqual([`The database goes to ${place}: the user nobody cannot enter ${home}/postgres`])
    expect(await readFile(path.join(home, 'postgres', 'elsewhere'), 'utf8')).toBe(`${place}\n`)

    await chmod(closed, 0o755)
    expect(await choosePlace(home, nobody, quiet, elsewhere)).toBe(place)
  },
)

test.runIf(isRoot)('data in a home that became unreachable are not forgotten for new ones', async () => {
  await using at = await temporary()
  const closed = path.join(at.folder, 'root')
  await mkdir(path.join(closed, 'postgres', 'cluster'), { recursive: true })
  await chmod(closed, 0o700)
  await expect(choosePlace(closed, nobody, quiet, path.join(at.folder, 'elsewhere'))).rejects.toMatchObject({
    problem: { code: 'place-unreachable', remedy: expect.stringContaining('chmod o+x') },
  })
})

test.runIf(isRoot)('programs that the account cannot reach are copied once to where it can', async () => {
  await using at = await temporary()
  // The checkout itself may lie where nobody can go, under /root for one.
  const first = path.join(at.folder, 'first')
  const original = await reachablePrograms(await findPrograms(), nobody, first, quiet)
  expect(await reachablePrograms(original, nobody, at.folder, quiet)).toEqual(original)

  const hidden = { ...original, postgres: path.join(at.folder, 'nowhere', 'postgres') }
  const said: string[] = []
  for (let start = 0; start < 2; start++) {
    const copy = await reachablePrograms(hidden, nobody, at.folder, (message) => said.push(message))
    expect(copy.folder).toBe(path.join(at.folder, `programs-${original.version}`))
    expect(await run(copy.initdb, ['--version'], nobody)).toMatchObject({ code: 0 })
  }
  expect(said).toHaveLength(1)
})

test('links that npm’s postinstall did not make are made, and making them again is harmless', async () => {
  await using at = await temporary()
  const original = await findPrograms()
  const names = ['pg-symlinks.json', 'lib/libpq.so.5.18']
  await mkdir(path.join(at.folder, 'native', 'lib'), { recursive: true })
  const folder = path.join(at.folder, 'native')
  await run('cp', [...names.slice(0, 1).map((name) => path.join(original.folder, name)), folder])
  await run('cp', [path.join(original.folder, 'lib/libpq.so.5.18'), path.join(folder, 'lib')])
  for (let start = 0; start < 2; start++) {
    await hydrateLinks(folder)
    expect(await realpath(path.join(folder, 'lib', 'libpq.so.5'))).toBe(
      path.join(folder, 'lib', 'libpq.so.5.18'),
    )
  }
})
