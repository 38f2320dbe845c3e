/** The glossary is right, and a chapter that uses it wrongly is told. */
import { expect, test } from 'vitest'
import { checkChapters } from './check.ts'
import { fileName } from './files.ts'
import { glossary } from './glossary.ts'
import { checkGlossary } from './glossary-check.ts'
import type { GlossaryTerm } from './glossary-schema.ts'
import { demandedParts } from './testing/parts.ts'

const term: GlossaryTerm = {
  id: 'ring',
  name: 'ring',
  means: 'Records in a circle.',
  chapter: 'nic',
  source: 'ethtool(8)',
}
const messages = (...terms: unknown[]) => checkGlossary(terms).map(({ message }) => message)

test('nothing is wrong with the glossary of the course', () => expect(checkGlossary(glossary)).toEqual([]))

test('it stands in the order of its names, so that an author finds what is there', () => {
  const ids = glossary.map(({ id }) => id)
  expect(ids).toEqual(ids.toSorted())
})

test('a term twice, a chapter that is not there, a field that is missing', () => {
  expect(messages(term, term)).toEqual(['Another term has this id.'])
  expect(messages({ ...term, chapter: 'nowhere' })).toEqual(['The course has no chapter nowhere.'])
  expect(checkGlossary([{ ...term, source: '' }]).map(({ field }) => field)).toEqual(['0.source'])
})

const chapter = (body: string) => `---
number: 1
title: Rings
summary: What turns.
minutes: 5
stages: [ring]
objectives:
  - See it
sources:
  - title: ethtool(8)
---
${body}
${demandedParts}`
const found = async (body: string) =>
  (await checkChapters([{ ...fileName('01-nic.mdx'), text: chapter(body) }], [], [term])).map(
    ({ line, field, message }) => `${line} ${field}: ${message}`,
  )

test('a chapter explains a term once', async () => {
  expect(await found('A <Term of="ring">ring</Term>.')).toEqual([])
  expect(await found('A <Term of="ring">ring</Term>.\n\nThe <Term of="ring">ring</Term>.')).toEqual([
    '14 Term.of: This chapter explains ring already, in line 12; here the plain word is enough.',
  ])
})

test('a term that the glossary does not have, and one that its chapter does not explain', async () => {
  expect(await found('A <Term of="rung">rung</Term>.')).toEqual([
    '1 Term: content/glossary.ts says that this chapter explains ring, but it has no <Term of="ring">.',
    '12 Term.of: content/glossary.ts has no term rung.',
  ])
  expect(await found('A <Term means="x">ring</Term>, <Term of="ring">a ring</Term>.')).toContain(
    '12 Term.means: <Term> takes no means.',
  )
})
