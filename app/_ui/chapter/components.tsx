/** What the elements and components of a chapter look like. The names are those of content/components.ts, all of them. */

import { Children, type ComponentProps, isValidElement, type ReactNode } from 'react'
import { machinesNow } from '#/app/_server/machines.ts'
import type { ComponentName, ComponentProps as Props } from '#/content/components.ts'
import { glossary } from '#/content/glossary.ts'
import { Link } from '../control/Link.tsx'
import { instruments } from '../instrument/Still.tsx'
import { RunLine } from '../line/RunLine.tsx'
import { CopyCode } from './CopyCode.tsx'
import { LabBlock } from './LabBlock.tsx'
import { Aside, Figure, Heading2, Heading3, Question, Recall, Table } from './parts.tsx'
import { Term } from './Term.tsx'

export type Parts = { [Name in ComponentName]: (props: Props<Name> & { children?: ReactNode }) => ReactNode }

/** The meaning goes along with the word, so that a press asks nobody. */
function GlossaryTerm({ of, children }: Props<'Term'> & { children?: ReactNode }) {
  const term = glossary.find(({ id }) => id === of)
  return term ? <Term means={term.means}>{children}</Term> : children
}

function Anchor({ href = '', ...rest }: ComponentProps<'a'>) {
  if (href.startsWith('/')) return <Link href={href} {...rest} className="link" />
  return <a href={href} {...rest} className="link" rel="noreferrer" />
}

function CodeFigure({ children, ...rest }: ComponentProps<'figure'>) {
  const isCode = 'data-rehype-pretty-code-figure' in rest
  const line = isCode ? lineToRun(children) : undefined
  return (
    <>
      <figure {...rest} className={isCode ? 'code' : 'picture'}>
        {children}
        {isCode && <CopyCode />}
      </figure>
      {line !== undefined && <RunBlock line={line} />}
    </>
  )
}

/** What the compiler wrote on the `pre` of a block that is marked `run`. */
function lineToRun(children: ReactNode): string | undefined {
  const blocks = Children.toArray(children).filter((child) => isValidElement<{ 'data-run'?: string }>(child))
  return blocks.map(({ props }) => props['data-run']).find((line) => line !== undefined)
}

/** Below a block that is marked `run`, while a machine of the reader's is there. */
async function RunBlock({ line }: { line: string }) {
  const [machine] = await machinesNow()
  return (
    machine && (
      <div className="run-block print:hidden">
        <RunLine line={line} machine={machine} />
      </div>
    )
  )
}

const parts: Parts = { Lab: LabBlock, Aside, Term: GlossaryTerm, Figure, Recall, Question, ...instruments }
const elements = { a: Anchor, h2: Heading2, h3: Heading3, table: Table, figure: CodeFigure }

export const chapterComponents: Record<string, unknown> = { ...elements, ...parts }
