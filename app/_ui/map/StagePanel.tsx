/** One stage opened: its figures in words, its counters, its plot, the commands that show the same, and its chapters. */
'use client'
import { X } from 'lucide-react'
import { mapText as text } from '#/app/_text/en.ts'
import type { WorldSecond } from '#/sandbox/counters/schema.ts'
import { IconButton } from '../control/Button.tsx'
import { Link } from '../control/Link.tsx'
import { type Machine, RunLine } from '../line/RunLine.tsx'
import { CopyLine } from '../pocket/CopyLine.tsx'
import type { StageGuide } from './guide.ts'
import { inWords } from './LiveMap.tsx'
import type { Moment, StageView } from './model.ts'
import { StagePlot } from './StagePlot.tsx'

interface Props {
  stage: StageView
  moments: readonly Moment[]
  world: WorldSecond[]
  guide: StageGuide | undefined
  /** Null: it takes no line now. */
  machine: Machine | null
  onClose(): void
}

export function StagePanel({ stage, moments, world, guide, machine, onClose }: Props) {
  return (
    <section
      aria-labelledby="stage-panel"
      className="stage-panel"
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="stage-facts" tabIndex={0} aria-labelledby="stage-panel">
        <header>
          <h3 id="stage-panel">{stage.name}</h3>
          <IconButton label={`${text.panel.close}: ${stage.name}`} onClick={onClose}>
            <X />
          </IconButton>
        </header>
        <p>{sentence(inWords(stage))}</p>
        <CounterTable stage={stage} />
        {guide && guide.commands.length > 0 && (
          <>
            <h4 className="caps">{text.panel.commands}</h4>
            <ul>
              {guide.commands.map(({ line, asks }) => (
                <li key={line} className="stage-command">
                  <span>{asks}</span>
                  <code>{line}</code>
                  <span className="stage-buttons">
                    <CopyLine line={line} />
                    {machine && <RunLine line={line} machine={machine} />}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
        {guide && guide.chapters.length > 0 && (
          <>
            <h4 className="caps">{text.panel.chapters}</h4>
            <ul>
              {guide.chapters.map(({ slug, label }) => (
                <li key={slug}>
                  <Link href={`/chapters/${slug}`} className="link" target="_blank">
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
        <p className="text-muted">{text.every}</p>
      </section>
      <StagePlot stage={stage} moments={moments} world={world} />
    </section>
  )
}

function CounterTable({ stage: { counters } }: { stage: StageView }) {
  if (counters.length === 0) return <p className="text-muted">{text.panel.noCounters}</p>
  return (
    <table className="stage-counters figures">
      <thead>
        <tr>
          <th scope="col">{text.panel.counters}</th>
          <th scope="col">{text.panel.value}</th>
          <th scope="col">{text.panel.perSecond}</th>
        </tr>
      </thead>
      <tbody>
        {counters.map(({ id, value, perSecond }) => (
          <tr key={id}>
            <th scope="row">{id}</th>
            <td>{text.number(value)}</td>
            <td>{perSecond === null ? text.none : text.rate(perSecond)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
