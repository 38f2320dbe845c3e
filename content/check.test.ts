import { expect, test } from 'vitest'
import { checkChapters, type KnownLab } from './check.ts'
import { fileName } from './files.ts'
import { demandedParts } from './testing/parts.ts'

const frontmatter = `---
number: 7
title: Queues
summary: What waits where.
minutes: 5
stages: [accept-queue]
labs: [accept-queue]
objectives:
  - See the queue
sources:
  - title: listen(2)
---
`
const labs: KnownLab[] = [{ id: 'accept-queue', chapter: 'queues' }]
const body = '## See it\n\n<Lab id="accept-queue"/>\n'

const check = (text: string, known = labs) =>
  checkChapters([{ ...fileName('07-queues.mdx'), text: text + demandedParts }], known)
const found = async (text: string, known = labs) =>
  (await check(text, known)).map(({ line, field, message }) => `${line} ${field}: ${message}`)
/** Line of the first line of a body. */
const first = frontmatter.split('\n').length

test('a good chapter has no problems', async () => {
  expect(await check(frontmatter + body)).toEqual([])
})

test('every problem of every chapter comes at once, with its file and line', async () => {
  const problems = await checkChapters(
    [
      {
        ...fileName('07-queues.mdx'),
        text: `${frontmatter + body}\n<Nope/>\n\n<Lab id="nope"/>\n${demandedParts}`,
      },
      { ...fileName('08-workers.mdx'), text: '---\nnumber: 8\n---\n\n<Aside>\n' },
    ],
    labs,
  )
  expect(problems.filter(({ file }) => file === '07-queues.mdx').map(({ line }) => line)).toEqual([
    first + 4,
    first + 6,
  ])
  const other = problems.filter(({ file }) => file === '08-workers.mdx')
  expect(other.map(({ field }) => field)).toEqual(
    expect.arrayContaining(['title', 'summary', 'minutes', 'stages', 'objectives', 'sources']),
  )
  expect(other.map(({ line, message }) => `${line} ${message}`)).toContainEqual(
    expect.stringMatching(/^5 .*closing tag for `<Aside>`/),
  )
})

test('a component in the frontmatter, which is printed as it is written, is a problem', async () => {
  const noted = '  - title: listen(2)\n    note: what caps the <Term of="backlog">backlog</Term>\n'
  expect(await found(frontmatter.replace('  - title: listen(2)\n', noted) + body)).toEqual([
    expect.stringMatching(
      /^\d+ sources\.0\.note: is printed as it is written, so no component can stand in it$/,
    ),
  ])
})

test('an instrument stands in a chapter once, since a page cannot have its ids twice', async () => {
  expect(await found(`${frontmatter + body}\n<FlowHash />\n`)).toEqual([])
  expect(await found(`${frontmatter + body}\n<FlowHash />\n\n<FlowHash />\n\n<TwoQueues />\n`)).toEqual([
    `${first + 6} FlowHash: <FlowHash /> stands in this chapter already, and a page can have it only once.`,
  ])
  expect(await found(`${frontmatter + body}\n<FlowHash sockets={2} />\n`)).toEqual([
    `${first + 4} FlowHash.sockets: <FlowHash> takes no sockets.`,
  ])
})

test('malformed YAML is reported at its line, and the text below it is checked all the same', async () => {
  const problems = await found('---\nnumber: 7\ntitle: [a\n---\n\n<Nope/>\n')
  expect(problems[0]).toMatch(/^[34] null: Not valid YAML: /)
  expect(problems[1]).toMatch(/^6 Nope: There is no component <Nope>/)
})

test('a field is reported at its own line', async () => {
  const text = frontmatter
    .replace('minutes: 5', 'minutes: five')
    .replace('[accept-queue]\nlabs', '[acceptance]\nlabs')
  const problems = await found(text + body)
  expect(problems).toHaveLength(2)
  expect(problems[0]).toMatch(/^5 minutes: /)
  expect(problems[1]).toMatch(/^6 stages\.0: .*"accept-queue"/)
})

test('a chapter without one of the parts that all have is told so', async () => {
  const problems = await checkChapters([{ ...fileName('07-queues.mdx'), text: frontmatter + body }], labs)
  expect(problems.map(({ message }) => message)).toContain('The chapter has no heading “Recall”.')
})

test('a misspelt field is named', async () => {
  expect(await found(frontmatter.replace('minutes: 5', 'minutes: 5\nlab: x') + body)).toEqual([
    '6 lab: There is no such field.',
  ])
})

test.each([
  ['no frontmatter', '## Hello\n', /must begin with frontmatter/],
  [
    'an unknown prop',
    `${frontmatter + body}\n<Aside kind="note" colour="red">x</Aside>\n`,
    /<Aside> takes no colour/,
  ],
  ['a wrong value', `${frontmatter + body}\n<Aside kind="shout">x</Aside>\n`, /Aside\.kind: Invalid option/],
  ['an import', `${frontmatter}import x from './x'\n\n${body}`, /No import or export here/],
  ['a picture without words', `${frontmatter + body}\n![](a.png)\n`, /needs a text that says what it shows/],
  [
    'an img without words',
    `${frontmatter + body}\n<img src="a.png"/>\n`,
    /needs a text that says what it shows/,
  ],
  ['a code block of no language', `${frontmatter + body}\n\`\`\`\nx\n\`\`\`\n`, /this one says none/],
  ['a title in the text', `${frontmatter}# Queues\n\n${body}`, /title stands in the frontmatter/],
  ['a skipped level', `${frontmatter + body}\n#### Deep\n`, /level 4 under one of level 2/],
  [
    'a heading that is not there',
    `${frontmatter + body}\n[x](#nowhere)\n`,
    /07-queues.mdx has no heading #nowhere/,
  ],
  ['a chapter that is not there', `${frontmatter + body}\n[x](09-x.mdx)\n`, /There is no chapter 09-x.mdx/],
  [
    'a link to a path of the app',
    `${frontmatter + body}\n[x](/chapters/x)\n`,
    /Link to a chapter by its file/,
  ],
  ['an unsafe link', `${frontmatter + body}\n[x](http://example.org)\n`, /Use https/],
  [
    'a number that differs from the name',
    frontmatter.replace('7', '8') + body,
    /says 8, the file name says 7/,
  ],
  ['a lab without its button', `${frontmatter}## Nothing\n`, /has no <Lab id="accept-queue"\/>/],
])('%s is found', async (_what, text, message) => {
  const problems = await found(text)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(message)
})

test('good links are left alone', async () => {
  const text = `${frontmatter + body}\n[a](#see-it) [b](07-queues.mdx#see-it) [c](https://example.org) [d](mailto:a@example.org)\n`
  expect(await check(text)).toEqual([])
})

test('labs must exist and agree on their chapter', async () => {
  expect(await found(frontmatter + body, [])).toEqual(['7 labs: There is no lab accept-queue.'])
  expect(await found(frontmatter + body, [{ id: 'accept-queue', chapter: 'other' }])).toEqual([
    '7 labs: The lab accept-queue says that its chapter is other.',
  ])
  expect(await found(frontmatter.replace('labs: [accept-queue]', 'labs: []') + body)).toEqual([
    `${first + 2} Lab.id: The lab accept-queue is not among the labs of the frontmatter.`,
  ])
})

test('two chapters cannot share a number or a slug', async () => {
  const text = `${frontmatter.replace('labs: [accept-queue]', 'labs: []')}## Hello\n${demandedParts}`
  const twice = [fileName('07-queues.mdx'), fileName('07-queues-again.mdx'), fileName('08-queues.mdx')]
  const problems = await checkChapters(
    twice.map((file) => ({ ...file, text: text.replace('number: 7', `number: ${file.number}`) })),
    labs,
  )
  expect(problems.map(({ message }) => message)).toEqual([
    '07-queues.mdx has the same number, 7.',
    '07-queues.mdx has the same slug, queues.',
  ])
})

test('a file must be called by its number and its slug', async () => {
  const problems = await checkChapters([{ ...fileName('Queues.mdx'), text: frontmatter + body }], labs)
  expect(problems.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/must be two digits and words/),
  )
})
