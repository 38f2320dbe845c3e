/** Tickets read as their authors wrote them. */
import { expect, it } from 'vitest'
import { parseInline, parseMarkdown } from './parse.ts'

const text = (value: string) => ({ kind: 'text', text: value })

it('paragraphs flow, the labelled lines at the head of a ticket stay lines', () => {
  const [head, body] = parseMarkdown('**From:** support\n**Server:** `server`\n\nSince last\nnight.')
  expect(head).toMatchObject({
    kind: 'paragraph',
    lines: [
      [{ kind: 'strong' }, text(' support')],
      [{ kind: 'strong' }, text(' '), { kind: 'code' }],
    ],
  })
  expect(body).toEqual({ kind: 'paragraph', lines: [[text('Since last night.')]] })
})

it('lists keep their continued lines, and may follow a paragraph at once', () => {
  expect(parseMarkdown('Looked at:\n- the log,\n  all of it\n- memory')).toMatchObject([
    { kind: 'paragraph' },
    { kind: 'list', ordered: false, items: [[text('the log, all of it')], [text('memory')]] },
  ])
  expect(parseMarkdown('1. one\n2. two')).toMatchObject([{ kind: 'list', ordered: true }])
})

it('code is left alone, in blocks and in the line', () => {
  expect(parseMarkdown('```console\n$ ss **-lnt**\n\n- x\n```')).toEqual([
    { kind: 'code', language: 'console', text: '$ ss **-lnt**\n\n- x' },
  ])
  expect(parseInline('run `nstat *x*` *now*')).toEqual([
    text('run '),
    { kind: 'code', text: 'nstat *x*' },
    text(' '),
    { kind: 'em', children: [text('now')] },
  ])
})

it('links go to the web or to the course, nothing else is a link', () => {
  expect(parseInline('[man](https://man7.org)')).toMatchObject([{ kind: 'link', href: 'https://man7.org' }])
  expect(parseInline('[x](javascript:alert)')).toEqual([text('[x](javascript:alert)')])
})
