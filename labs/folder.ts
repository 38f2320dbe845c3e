/**
 * The texts of one lab's folder: ticket, hints, notes and scripts. Reads and takes apart; whether they fit the lab is not its business.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lab } from './schema.ts'

/** One problem of one file of a lab's folder. */
export interface Field {
  file: string
  field: string | null
  message: string
}

export interface Script {
  /** Relative to the lab's folder. */
  name: string
  script: string
}

export interface WrongFix extends Script {
  /** The criterion that must fail: the header's `# fails: ID`. Empty when the header is missing. */
  fails: string
  /** Why people try it: the header's `# why: …`. */
  why: string
}

export interface Hint {
  title: string
  /** Markdown. */
  text: string
}

/** What is run in a machine, as root. */
export interface LabScripts {
  breakScript: string
  /** `solve.sh` first: the reference. */
  solves: Script[]
  wrongs: WrongFix[]
}

export interface LabTexts extends LabScripts {
  /** Markdown. */
  ticket: string
  /** Graded: each says more than the one before. */
  hints: Hint[]
  /** Markdown, for teachers and authors. */
  notes: string
  /** Markdown, for the learner who has passed: what happened in the kernel, other right ways, what to do in production. */
  debrief: string
  /** Takes back what break.sh did, for the playground; null when the lab has no break of its own. */
  undoScript: string | null
  /** What break.sh leaves to the lab's template, for the playground, whose template has not got it. */
  faultScript: string | null
}

/** A lab with all that lies in its folder. Of these only the ticket and, one by one, the hints ever reach a learner. */
export interface LabFolder extends LabTexts {
  /** Absolute path. */
  folder: string
  lab: Lab
  /** Every lab: whose scripts a lab in disguise takes. */
  all?: LabFolder[]
}

export const emptyTexts: LabTexts = {
  ticket: '',
  hints: [],
  notes: '',
  debrief: '',
  undoScript: null,
  faultScript: null,
  breakScript: '',
  solves: [],
  wrongs: [],
}

export async function readTexts(folder: string): Promise<{ texts: LabTexts; problems: Field[] }> {
  const problems: Field[] = []
  async function text(file: string): Promise<string> {
    const content = await readFile(join(folder, file), 'utf8').catch(() => null)
    if (content?.trim()) return content
    const message = content === null ? 'The file is missing.' : 'The file is empty.'
    problems.push({ file, field: null, message })
    return ''
  }
  const optional = (file: string) => readFile(join(folder, file), 'utf8').catch(() => null)
  const scripts = (files: string[]) =>
    Promise.all(files.map(async (name) => ({ name, script: await text(name) })))

  const solves = (await shellFiles(folder)).filter((name) => /^solve(-[a-z0-9-]+)?\.sh$/.test(name))
  const wrongs = (await shellFiles(join(folder, 'wrong'))).map((name) => `wrong/${name}`)
  const texts: LabTexts = {
    ticket: await text('ticket.md'),
    hints: hintsOf(await text('hints.md')),
    notes: await text('notes.md'),
    debrief: await text('debrief.md'),
    breakScript: await text('break.sh'),
    undoScript: await optional('undo.sh'),
    faultScript: await optional('fault.sh'),
    solves: await scripts(solves.sort((a, b) => a.length - b.length || a.localeCompare(b))),
    wrongs: (await scripts(wrongs)).map((one) => ({ ...one, ...headerOf(one.script) })),
  }
  return { texts, problems }
}

/** Each `## Title` begins a hint. */
export function hintsOf(markdown: string): Hint[] {
  return markdown
    .split(/^## +/m)
    .slice(1)
    .map((part) => {
      const [title = '', ...rest] = part.split('\n')
      return { title: title.trim(), text: rest.join('\n').trim() }
    })
}

/** The comment at the head of a wrong fix; a line that does not begin with # ends it. */
export function headerOf(script: string): { fails: string; why: string } {
  const lines = script.split('\n')
  const end = lines.findIndex((line) => !line.startsWith('#'))
  const header = end < 0 ? lines : lines.slice(0, end)
  const field = (name: string) =>
    header
      .flatMap((line) => (line.startsWith(`# ${name}: `) ? [line.slice(name.length + 4).trim()] : []))
      .join(' ')
  return { fails: field('fails'), why: field('why') }
}

async function shellFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => name.endsWith('.sh')).sort()
}
