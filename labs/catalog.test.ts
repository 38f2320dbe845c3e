import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MalformedLabsError, openCatalog, readLabs, UnknownLabError } from './catalog.ts'
import { headerOf, hintsOf } from './folder.ts'

describe('the catalogue', () => {
  test('has every lab of the course, and nothing is wrong with any', async () => {
    expect((await readLabs()).problems).toEqual([])
    const catalog = await openCatalog()
    expect(catalog.list().map(({ lab }) => lab.meta.id)).toContain('accept-queue')
  })

  test('gives a lab with its texts and scripts, the reference fix first', async () => {
    const lab = (await openCatalog()).get('accept-queue')
    expect(lab.ticket).toContain('Puma')
    expect(lab.breakScript).toContain('#!/bin/bash')
    expect(lab.solves[0]?.name).toBe('solve.sh')
    expect(lab.solves.length).toBeGreaterThanOrEqual(2)
    expect(lab.wrongs.map(({ name }) => name)).toContain('wrong/sysctl-only.sh')
    expect(lab.hints.length).toBeGreaterThanOrEqual(3)
  })

  test('names the known labs to someone who asks for another', async () => {
    const catalog = await openCatalog()
    expect(() => catalog.get('accept-que')).toThrow(UnknownLabError)
    expect(() => catalog.get('accept-que')).toThrow(/"accept-que".*accept-queue/)
  })
})

describe('a malformed lab', () => {
  test('is reported with all its problems at once: file, field and message', async () => {
    await using broken = await brokenLab()
    const { problems } = await readLabs(broken.root)
    const told = problems.map(({ file, field, message }) => `${file} ${field ?? '-'}: ${message}`)
    expect(told).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^bad\/lab\.ts meta\.id: The lab calls itself other, its folder bad/),
        expect.stringMatching(/^bad\/lab\.ts meta\.minutes: /),
        expect.stringMatching(/^bad\/lab\.ts criteria: No criterion is of the kind behaviour/),
        expect.stringMatching(/^bad\/lab\.ts criteria: Two criteria are called limit/),
        expect.stringMatching(/^bad\/lab\.ts variant: 12 seeds give 1 variants/),
        expect.stringMatching(/^bad\/lab\.ts machine\.nic: /),
        expect.stringMatching(/^bad\/lab\.ts background: The requests are not sorted/),
        expect.stringMatching(/^bad\/break\.sh -: The file is missing/),
        expect.stringMatching(/^bad\/hints\.md -: At least three hints/),
        expect.stringMatching(/^bad\/wrong\/a\.sh fails: There is no criterion nonsense/),
        expect.stringMatching(/^bad\/wrong\/b\.sh fails: The header names no criterion/),
        expect.stringMatching(/^begun\/lab\.ts -: The file is missing/),
      ]),
    )
  })

  test('keeps the catalogue shut, with the problems in the message', async () => {
    await using broken = await brokenLab()
    await expect(openCatalog(broken.root)).rejects.toThrow(MalformedLabsError)
    await expect(openCatalog(broken.root)).rejects.toThrow(/bad\/break\.sh: The file is missing/)
  })

  test('that cannot be loaded is one problem, not a crash', async () => {
    await using broken = await brokenLab('throw new Error("half written")')
    const { labs, problems } = await readLabs(broken.root)
    expect(labs).toEqual([])
    expect(problems).toContainEqual({
      file: 'bad/lab.ts',
      field: null,
      message: 'It cannot be loaded: half written',
    })
  })
})

describe('texts of a folder', () => {
  test('hints begin at their headings', () => {
    expect(hintsOf('# Hints\n\n## One\n\ntext\n\n## Two\nmore\nlines\n')).toEqual([
      { title: 'One', text: 'text' },
      { title: 'Two', text: 'more\nlines' },
    ])
  })

  test('a wrong fix says in its header what must fail', () => {
    expect(
      headerOf('#!/bin/bash\n# fails: served\n# why: it is\n# why: not enough\nset -e\n# fails: later\n'),
    ).toEqual({
      fails: 'served',
      why: 'it is not enough',
    })
  })
})

const badLab = `
const request = (atMs) => ({ atMs, src: '198.18.16.1', method: 'GET', path: '/', connectTimeoutMs: 1, totalTimeoutMs: 1 })
const unused = () => {}
export default {
  meta: { id: 'other', title: 'Bad', chapter: 'c', stage: null, minutes: 0, difficulty: 'steady', objectives: ['See'] },
  criteria: [
    { id: 'limit', kind: 'repair', title: 'Limit', maxPoints: 10 },
    { id: 'limit', kind: 'baseline', title: 'Limit', maxPoints: 0 },
  ],
  variant: () => 1,
  machine: () => ({ nic: 'virtio', vcpus: 1, memoryMb: 256 }),
  env: () => ({}),
  background: () => ({ everyMs: 1000, plan: { dst: '198.18.0.2', port: 80, requests: [request(5), request(1)] } }),
  verifyBroken: unused, collect: unused, brokenBaseline: unused, judge: unused, referenceAnswers: unused,
}
`

async function brokenLab(source = badLab) {
  const root = await mkdtemp(join(tmpdir(), 'ringside-labs-'))
  const bad = join(root, 'bad')
  await cp(join(import.meta.dirname, 'accept-queue', 'wrong'), join(bad, 'wrong'), { recursive: true })
  await writeFile(join(bad, 'lab.ts'), source)
  await writeFile(join(bad, 'ticket.md'), 'It hangs.\n')
  await writeFile(join(bad, 'hints.md'), '## One\n\nLook.\n')
  await writeFile(join(bad, 'wrong', 'a.sh'), '#!/bin/bash\n# fails: nonsense\ntrue\n')
  await writeFile(join(bad, 'wrong', 'b.sh'), '#!/bin/bash\ntrue\n')
  await cp(join(bad, 'ticket.md'), join(root, 'begun', 'ticket.md'))
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true }) }
}
