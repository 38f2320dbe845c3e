/**
 * What a chapter is: its frontmatter, and what the app gets of it. Knows no MDX compiler, no files and no React.
 */
import { z } from 'zod'
import { stageIds } from '../labs/stages.ts'
import type { RecallQuestion } from './recall.ts'

const line = z
  .string()
  .trim()
  .min(1)
  .refine((text) => !/<\/?[A-Z]/.test(text), 'is printed as it is written, so no component can stand in it')

/** Where a fact can be checked: a man page, a file of the kernel, a document. `note` says what to look for there. */
export const sourceSchema = z.strictObject({
  title: line,
  url: z.url({ protocol: /^https$/ }).optional(),
  note: line.optional(),
})
export type Source = z.infer<typeof sourceSchema>

export const frontmatterSchema = z.strictObject({
  /** Its place in the course; also the two digits the file name begins with. */
  number: z.number().int().min(0).max(99),
  title: line.max(80),
  /** One or two sentences for the table of contents and the top of the page. */
  summary: line.max(300),
  /** Reading time without the labs. */
  minutes: z.number().int().min(1).max(120),
  /** The stages of the packet's path the chapter is about, as in labs/stages.ts; the one where it stands in the table of contents first. */
  stages: z.array(z.enum(stageIds)).min(1),
  labs: z.array(line).default([]),
  /** What one will be able to do, each beginning with a verb. Shown above the text. */
  objectives: z.array(line).min(1),
  /** Shown below the text. */
  sources: z.array(sourceSchema).min(1),
})
export type Frontmatter = z.infer<typeof frontmatterSchema>

export interface ChapterMeta extends Frontmatter {
  /** The file name without its number and ending: renumbering a chapter keeps its address. */
  slug: string
}

/** A heading of level 2 or 3, in the order of the text. `id` is its anchor. */
export const tocEntrySchema = z.object({ id: z.string(), text: z.string(), depth: z.number().int() })
export type TocEntry = z.infer<typeof tocEntrySchema>

/** The words of a section, for the search. */
export interface Section {
  /** The anchor of its heading; null above the first one. */
  id: string | null
  text: string
  /** The lines that are typed in its terminal sessions, without their prompts. */
  typed: string[]
}

export interface Chapter {
  meta: ChapterMeta
  /**
   * The body of a function of `React`, `ReactDOM` and `_jsx_runtime`; it returns `{ default }`, the chapter as a component that takes
   * `components` (see content/components.ts).
   */
  code: string
  toc: TocEntry[]
  /** The recall questions, in the order of the text. */
  questions: RecallQuestion[]
  /** Ids of the glossary's terms that it explains. */
  terms: string[]
  /** Its words, section by section, for the search. */
  sections: Section[]
}

/** One thing that is wrong with one file, for its author. */
export interface Problem {
  /** Relative to the folder of the chapters. */
  file: string
  line: number | null
  field: string | null
  message: string
}

/** The address of a chapter in the app; the only place that knows it. */
export const chapterPath = (slug: string, anchor = '') => `/chapters/${slug}${anchor}`
