/** The class over the journey map: at each stage who reads or works there and whose packets are lost there. A stage narrows the wall to those. */
'use client'
import { roomText } from '#/app/_text/en/people/room.ts'
import { type StageId, stages } from '#/labs/stages.ts'
import { Thread } from '../map/Thread.tsx'
import { Glyph } from '../path/Glyph.tsx'
import type { StageHeat } from './wall.ts'

const text = roomText.map

interface Props {
  heat: readonly StageHeat[]
  chosen: StageId | null
  onChoose(stage: StageId | null): void
}

export function ClassMap({ heat, chosen, onChoose }: Props) {
  return (
    <section aria-labelledby="class-map">
      <h2 id="class-map" className="caps text-muted">
        {text.title}
      </h2>
      <p className="mt-1 text-sm text-muted">{text.lead}</p>
      <div className="path-map class-map mt-3">
        <ol className="live-path">
          {stages.map(({ id, name }, at) => {
            const { here = 0, losing = 0, share = 0 } = heat.find(({ stage }) => stage === id) ?? {}
            return (
              <li key={id} data-lit={losing > 0 ? 'recent' : undefined}>
                <button
                  type="button"
                  aria-pressed={chosen === id}
                  aria-label={text.stage(name, here, losing)}
                  onClick={() => onChoose(chosen === id ? null : id)}
                  className="live-stage w-full"
                >
                  <span className="live-sign">
                    <span className="class-heat" style={{ height: `${Math.round(share * 100)}%` }} />
                    {at < stages.length - 1 && <Thread width={1} />}
                    <Glyph stage={id} className={here > 0 || losing > 0 ? 'text-ink' : 'text-track'} />
                  </span>
                  <span className="live-name">{name}</span>
                  <span className="class-count figures">
                    {here > 0 && <span className="font-semibold">{text.here(here)}</span>}
                    {losing > 0 && <span className="text-red">{text.losing(losing)}</span>}
                  </span>
                </button>
              </li>
            )
          })}
        </ol>
      </div>
    </section>
  )
}
