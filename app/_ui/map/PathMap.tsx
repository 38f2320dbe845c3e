/** The whole path at a glance: what there is, how far one is, and the way to each stage. Links only, no script. */
import { mapText as text } from '#/app/_text/en.ts'
import { ShapeNext, ShapePart, ShapePass } from '../control/Shape.tsx'
import { Glyph } from '../path/Glyph.tsx'
import type { StageProgress } from './progress.ts'
import { Thread } from './Thread.tsx'

interface Props {
  stages: readonly StageProgress[]
  /** The page on which the stages are described. */
  on?: string
}

export function PathMap({ stages, on = '' }: Props) {
  return (
    <nav aria-label={text.progress.label} className="path-map">
      <ol className="live-path">
        {stages.map((stage, at) => (
          <li key={stage.id} data-state={stage.state} className={stage.next ? 'here' : ''}>
            <a
              href={`${on}#stage-${stage.id}`}
              aria-label={text.progress.stage(stage)}
              className="live-stage"
            >
              <span className="live-sign">
                {at < stages.length - 1 && <Thread width={stage.state === 'done' ? 2 : 1} />}
                <Glyph stage={stage.id} />
              </span>
              <span className="live-name">{stage.name}</span>
              <span className="path-map-count figures">
                {stage.next && <ShapeNext />}
                {stage.state === 'done' && <ShapePass className="text-green" />}
                {stage.state === 'begun' && <ShapePart />}
                {text.progress.count(stage)}
              </span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
