import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as React from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, onTestFinished, test } from 'vitest'
import { chapter, chapters } from './catalog.ts'
import { componentSchemas } from './components.ts'
import type { Chapter } from './schema.ts'

const text = (title: string) => `---
number: 1
title: ${title}
summary: What waits where.
minutes: 5
stages: [ring]
objectives: [See the ring]
sources: [{ title: ethtool(8) }]
---

## The ring & its \`size\`

Read [the next](02-other.mdx#a-b).

### The ring & its size

\`\`\`console
# ethtool -g eth0
\`\`\`
`

async function course(title = 'The ring') {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-chapters-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, '01-test-ring.mdx')
  await writeFile(path, text(title))
  return { folder, path }
}

/** As the app does it: the code over our own React, every component a plain element. */
function render({ code }: Chapter): string {
  const { default: Body } = new Function('React', 'ReactDOM', '_jsx_runtime', code)(React, {}, jsxRuntime)
  const plain = ({ children }: { children?: React.ReactNode }) => React.createElement('div', null, children)
  const components = Object.fromEntries(Object.keys(componentSchemas).map((name) => [name, plain]))
  return renderToStaticMarkup(React.createElement(Body, { components }))
}

test('a chapter has its data, its table of contents and code that renders', async () => {
  const { folder } = await course()
  const found = await chapter('test-ring', folder)
  expect(found?.meta).toMatchObject({ slug: 'test-ring', number: 1, title: 'The ring', labs: [] })
  expect(found?.toc).toEqual([
    { id: 'the-ring-its-size', text: 'The ring & its size', depth: 2 },
    { id: 'the-ring-its-size-2', text: 'The ring & its size', depth: 3 },
  ])
  const html = render(found as Chapter)
  expect(html).toContain('<h2 id="the-ring-its-size">')
  expect(html).toContain('href="/chapters/other#a-b"')
  expect(html).toMatch(/data-language="console".*--shiki-light:#\w+;--shiki-dark:#\w+/s)
})

test('a saved change shows at the next call', async () => {
  const { folder, path } = await course('Before')
  expect((await chapters(folder))[0]?.title).toBe('Before')
  const before = await chapter('test-ring', folder)
  await writeFile(
    path,
    (await readFile(path, 'utf8')).replaceAll('Before', 'After').replace('Read', 'Now read'),
  )
  expect((await chapters(folder))[0]?.title).toBe('After')
  const after = await chapter('test-ring', folder)
  expect(render(before as Chapter)).not.toContain('Now read')
  expect(render(after as Chapter)).toContain('Now read')
})

test('there is no such chapter', async () => {
  const { folder } = await course()
  expect(await chapter('nothing', folder)).toBeNull()
})

test('a malformed chapter is refused with its file and field', async () => {
  const { folder, path } = await course()
  await writeFile(path, text('x').replace('minutes: 5', 'minutes: soon'))
  await expect(chapters(folder)).rejects.toThrow(/01-test-ring\.mdx.*content check.*line 5 minutes/s)
})

test('every chapter of the course renders', async () => {
  for (const { slug } of await chapters()) {
    const found = await chapter(slug)
    expect(render(found as Chapter), slug).toContain('<h2')
  }
})
