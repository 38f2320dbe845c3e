/** A chapter that lacks a part is told which. */
import { expect, test } from 'vitest'
import { compileBody } from './compile.ts'
import { partProblems } from './parts.ts'
import { demandedParts } from './testing/parts.ts'

const found = async (body: string) =>
  partProblems((await compileBody(body)).inventory).map(({ message }) => message)

test('a chapter with every part', async () => expect(await found(demandedParts)).toEqual([]))

test.each(['See it on your machine', 'Where common articles are imprecise', 'Recall'])(
  'without the heading %s',
  async (heading) => {
    const without = [`The chapter has no heading “${heading}”.`]
    expect(await found(demandedParts.replace(`## ${heading}\n`, ''))).toEqual(without)
    expect(await found(demandedParts.replace(`## ${heading}\n`, `## More\n\n### ${heading}\n`))).toEqual(
      without,
    )
  },
)

test('in another order', async () => {
  const heading = '## See it on your machine\n'
  expect(await found(`${demandedParts.replace(heading, '')}\n${heading}`)).toEqual([
    'The order is: See it on your machine, Where common articles are imprecise, Recall.',
    'The order is: See it on your machine, Where common articles are imprecise, Recall.',
  ])
})

test('without a picture; an instrument is one', async () => {
  const without = demandedParts.replace(/<Figure.*?<\/Figure>/s, '')
  expect(await found(without)).toEqual(['The chapter has no picture: a <Figure> or an instrument.'])
  expect(await found(`${without}\n<FlowHash />\n`)).toEqual([])
})

test('with four questions, with six, with two recalls, with none', async () => {
  const question = /<Question.*?<\/Question>\n/s
  const one = question.exec(demandedParts)?.[0] ?? ''
  const told = (recalls: number, asked: number) => [
    `The chapter ends with one <Recall> of five questions; it has ${recalls} of ${asked}.`,
  ]
  expect(await found(demandedParts.replace(question, ''))).toEqual(told(1, 4))
  expect(await found(demandedParts.replace(one, one + one))).toEqual(told(1, 6))
  expect(await found(`${demandedParts}\n<Recall>\n\nx\n\n</Recall>\n`)).toEqual(told(2, 5))
  expect(await found(demandedParts.replace(/<Recall>.*<\/Recall>/s, ''))).toEqual(told(0, 0))
})
