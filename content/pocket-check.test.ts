/** The pocket's own data is right, and what is wrong in one would be seen. */
import { expect, test } from 'vitest'
import { compileBody } from './compile.ts'
import { chaptersFolder, readChapterFiles } from './files.ts'
import { parseFrontmatter } from './frontmatter.ts'
import { pocket } from './pocket.ts'
import { checkPocket } from './pocket-check.ts'

const good = {
  id: 'ring',
  stage: 'ring',
  line: 'ethtool -g eth0',
  asks: 'How long is it?',
  output: 'RX: 256',
  columns: [{ name: 'RX', means: 'Descriptors.' }],
  chapter: 'nic',
}
const messages = (...commands: unknown[]) => checkPocket(commands).map(({ message }) => message)

test('nothing is wrong with the pocket of the course', () => expect(checkPocket(pocket)).toEqual([]))

test('a column that the output does not have', () => {
  expect(messages({ ...good, columns: [{ name: 'TX', means: 'x' }] })).toEqual(['Its output has no “TX”.'])
})

test('an id twice, a stage out of order, a chapter that is none', () => {
  expect(messages(good, good)).toEqual(['Another command has this id.'])
  expect(messages(good, { ...good, id: 'wire', stage: 'wire' })).toEqual([
    'It stands behind a command of a later stage.',
  ])
  expect(messages({ ...good, chapter: 'nowhere' })).toEqual(['The course has no chapter nowhere.'])
})

test('a line that would be two, or hide something from whoever clicks it', () => {
  for (const line of ['a\nb', 'a\u001b[A', 'a\u202eb', ''])
    expect(messages({ ...good, line })).toEqual(['must be one line of printable ASCII'])
})

/** The first word of each command in a line of a shell; what is quoted is data. */
const programsIn = (line: string): string[] =>
  line
    .replaceAll(/'[^']*'|timeout \d+ /g, '')
    .split(/[;|&]+|\$\(|(?:^|\s)do\s/)
    .flatMap((part) => /^[a-z]+(?=\s|$)/.exec(part.trim())?.[0] ?? [])

/** Of the shell and for texts; what asks the shop or the network; what changes something; services; and one that compiles for seconds first. */
const noLookers = new Set(
  [
    'awk basename cat cd cut done echo eval exec for grep head ls printf seq sed shuf sleep sort tail uniq wc',
    'curl ping',
    'fault perl prlimit puma',
    'systemctl',
    'bpftrace',
  ].flatMap((words) => words.split(' ')),
)

test('each program that a chapter types and that only looks is in the pocket', async () => {
  const carried = new Set(pocket.flatMap(({ line }) => programsIn(line)))
  const missing = new Set<string>()
  for (const file of await readChapterFiles(chaptersFolder())) {
    const { inventory } = await compileBody(parseFrontmatter(file).body)
    const programs = inventory.sections.flatMap(({ typed }) => typed.flatMap(programsIn))
    for (const program of programs) if (!carried.has(program) && !noLookers.has(program)) missing.add(program)
  }
  expect([...missing]).toEqual([])
})

test('each counter and each setting of the network that a chapter reads is in the pocket', async () => {
  const carried = pocket.flatMap(({ line, output }) => [line, output]).join('\n')
  const missing = new Set<string>()
  for (const file of await readChapterFiles(chaptersFolder())) {
    const { inventory } = await compileBody(parseFrontmatter(file).body)
    for (const line of inventory.sections.flatMap(({ typed }) => typed))
      for (const [name] of line.matchAll(/net\.[a-z]+\.[a-z_0-9]+|\b(?:Tcp|Ip|Udp)[A-Z]\w+|\brps_cpus\b/g))
        if (!carried.includes(name)) missing.add(name)
  }
  expect([...missing]).toEqual([])
})
