/**
 * Splits a chapter into its frontmatter and its body, and holds the first against the schema. Collects every problem with its line.
 * Knows no MDX.
 */
import matter from 'gray-matter'
import type { z } from 'zod'
import type { ChapterFile } from './files.ts'
import { type ChapterMeta, frontmatterSchema, type Problem } from './schema.ts'

export interface Parsed {
  meta: ChapterMeta | null
  /** The text with empty lines instead of the frontmatter, so that line numbers stay those of the file. */
  body: string
  problems: Problem[]
}

export function parseFrontmatter(file: ChapterFile): Parsed {
  const match = /^---\r?\n([\s\S]*?)(?<=\n)---[ \t]*(?:\r?\n|$)/.exec(file.text)
  if (!match) {
    const message = 'The file must begin with frontmatter: YAML between two lines of three dashes.'
    return { meta: null, body: file.text, problems: [{ file: file.name, line: 1, field: null, message }] }
  }
  const yaml = match[1] ?? ''
  const body = '\n'.repeat(match[0].split('\n').length - 1) + file.text.slice(match[0].length)
  const read = readYaml(yaml)
  if ('problem' in read) return { meta: null, body, problems: [{ file: file.name, ...read.problem }] }

  const result = frontmatterSchema.safeParse(read.data)
  const problems = [...nameProblems(file, yaml, read.data)]
  if (!result.success) {
    problems.push(...result.error.issues.flatMap((issue) => issueProblems(file.name, yaml, issue)))
    return { meta: null, body, problems }
  }
  return { meta: { slug: file.slug, ...result.data }, body, problems }
}

type YamlProblem = Pick<Problem, 'line' | 'field' | 'message'>

function readYaml(yaml: string): { data: Record<string, unknown> } | { problem: YamlProblem } {
  try {
    // The empty options switch off gray-matter's cache, which remembers a malformed text as a valid empty one.
    return { data: matter(`---\n${yaml}---\n`, {}).data }
  } catch (error) {
    const { reason, mark } = error as { reason?: string; mark?: { line: number } }
    if (reason === undefined) throw error
    return { problem: { line: mark ? mark.line + 1 : 1, field: null, message: `Not valid YAML: ${reason}.` } }
  }
}

function nameProblems(file: ChapterFile, yaml: string, data: Record<string, unknown>): Problem[] {
  if (file.number === null) {
    const message = 'The file name must be two digits and words of small letters: 07-accept-queue.mdx.'
    return [{ file: file.name, line: null, field: null, message }]
  }
  if (typeof data.number !== 'number' || data.number === file.number) return []
  const message = `The frontmatter says ${data.number}, the file name says ${file.number}.`
  return [{ file: file.name, line: fieldLine(yaml, ['number']), field: 'number', message }]
}

function issueProblems(file: string, yaml: string, issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const path = [...issue.path, key]
      return { file, line: fieldLine(yaml, path), field: path.join('.'), message: 'There is no such field.' }
    })
  }
  const message = issue.message.endsWith('received undefined') ? 'Missing.' : issue.message
  return [{ file, line: fieldLine(yaml, issue.path), field: issue.path.join('.') || null, message }]
}

/** The line of a field: that of its key, or of its item in a block list. Line 1 of the file is the opening dashes. */
export function fieldLine(yaml: string, path: PropertyKey[]): number {
  const lines = yaml.split('\n')
  const key = lines.findIndex((text) => text.startsWith(`${String(path[0])}:`))
  if (key < 0) return 1
  const index = path[1]
  if (typeof index !== 'number') return key + 2
  let item = -1
  for (let at = key + 1; at < lines.length && /^(\s|-|$)/.test(lines[at] ?? ''); at++) {
    if (/^\s{0,2}- /.test(lines[at] ?? '') && ++item === index) return at + 2
  }
  return key + 2
}
