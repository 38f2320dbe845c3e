/**
 * What the elements and components of a chapter look like in a file: as on the page, without anything that needs a script, a machine or a person.
 * A term leads to its meaning at the end of the file and back.
 */

import { Children, type ComponentProps, isValidElement, type ReactNode } from 'react'
import { chapterText, offlineText } from '#/app/_text/en.ts'
import { contentLang } from '#/app/_text/language.ts'
import type { ComponentProps as Props } from '#/content/components.ts'
import type { LabMeta } from '#/labs/schema.ts'
import type { Parts } from '../chapter/components.tsx'
import { Aside, Figure, Heading2, Heading3, Question, Recall, Table } from '../chapter/parts.tsx'
import { allInstruments } from '../instrument/all.ts'
import { anchorOf, destination, termAnchor } from './anchors.ts'
import { Plate } from './Plate.tsx'

export interface Surroundings {
  chapter: string
  held: ReadonlySet<string>
  home: string
  labs: readonly LabMeta[]
}

export function offlineParts(here: Surroundings): Record<string, unknown> {
  const parts: Parts = {
    Lab: labIn(here),
    Aside,
    Term: WordLink,
    Figure,
    Recall,
    Question,
    ...plates,
  }
  const within = ({ id, ...rest }: ComponentProps<'h2'>) => ({
    ...rest,
    id: id && anchorOf(here.chapter, id),
  })
  const elements = {
    a: ({ href = '', children }: ComponentProps<'a'>) => (
      <Onward href={href} here={here}>
        {children}
      </Onward>
    ),
    h2: (props: ComponentProps<'h2'>) => <Heading2 {...within(props)} />,
    h3: (props: ComponentProps<'h3'>) => <Heading3 {...within(props)} />,
    table: Table,
    figure: CodeFigure,
  }
  return { ...elements, ...parts }
}

const WordLink = ({ of, children }: Props<'Term'> & { children?: ReactNode }) => (
  <a href={`#${termAnchor(of)}`} className="term">
    {children}
  </a>
)

const labIn =
  (here: Surroundings) =>
  ({ id }: Props<'Lab'>) => <LabNamed lab={here.labs.find((lab) => lab.id === id)} here={here} />

const plates = {
  RingThatFills: () => <Plate of={allInstruments.RingThatFills} />,
  NapiBudget: () => <Plate of={allInstruments.NapiBudget} />,
  TwoQueues: () => <Plate of={allInstruments.TwoQueues} />,
  SynFlood: () => <Plate of={allInstruments.SynFlood} />,
  WindowThatCloses: () => <Plate of={allInstruments.WindowThatCloses} />,
  FlowHash: () => <Plate of={allInstruments.FlowHash} />,
}

function Onward({ href, here, children }: { href: string; here: Surroundings; children?: ReactNode }) {
  const to = destination(href, here)
  return (
    <a href={to.href} className={to.toRingside ? 'link to-ringside' : 'link'} rel="noreferrer">
      {children}
    </a>
  )
}

function CodeFigure({ children, ...rest }: ComponentProps<'figure'>) {
  return (
    <figure {...rest} className={'data-rehype-pretty-code-figure' in rest ? 'code' : 'picture'}>
      {Children.map(children, withoutRun)}
    </figure>
  )
}

/** What a `pre` says for the button that runs its line means nothing here. */
const withoutRun = (child: ReactNode): ReactNode =>
  isValidElement<{ 'data-run'?: string }>(child) && child.props['data-run'] !== undefined ? (
    <pre {...child.props} data-run={undefined} />
  ) : (
    child
  )

function LabNamed({ lab, here }: { lab: LabMeta | undefined; here: Surroundings }) {
  if (!lab) return null
  const text = chapterText.lab
  return (
    <section className="lab-block">
      <p className="caps muted">
        {text.label} · {text.minutes(lab.minutes)} · {text.difficulty[lab.difficulty]}
      </p>
      <h3 lang={contentLang}>{lab.title}</h3>
      <p className="muted">{text.learn}</p>
      <ul lang={contentLang}>
        {lab.objectives.map((objective) => (
          <li key={objective}>{objective}</li>
        ))}
      </ul>
      <p className="muted">
        {offlineText.lab}{' '}
        <Onward href={`/labs/${lab.id}`} here={here}>
          {`${here.home}/labs/${lab.id}`}
        </Onward>
      </p>
    </section>
  )
}
