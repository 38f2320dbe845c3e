/** The instructor's wall: the class on the path, raised hands, one tile for each learner, as they are now. */
'use client'
import { type ReactNode, useMemo, useState, useSyncExternalStore } from 'react'
import { roomText as text } from '#/app/_text/en/people/room.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { TerminalAhead } from '../looking/TerminalAhead.tsx'
import { ClassMap } from './ClassMap.tsx'
import { EmptyRoom } from './EmptyRoom.tsx'
import { HandQueue } from './HandQueue.tsx'
import { LeadPanel } from './lead/LeadPanel.tsx'
import { type LabHints, type Place, placesOf } from './places.ts'
import { roomApi } from './room-api.ts'
import { useNow } from './useNow.ts'
import { WallTile } from './WallTile.tsx'
import { WallTools } from './WallTools.tsx'
import { arranged, type Choice, countsOf, heatOf, queueOf } from './wall.ts'
import { type WallView, wallStore } from './wall-store.ts'

interface Props {
  cohort: string
  places: readonly Place[]
  /** For who leads; null for who helps. */
  labs: readonly LabHints[] | null
  /** What stands below all that. */
  children?: ReactNode
}

const first: Choice = { sort: 'help', filter: 'all', stage: null, name: '' }

export function Wall({ cohort, places: list, labs, children }: Props) {
  const [store] = useState(() => wallStore(cohort))
  const view = useSyncExternalStore(store.subscribe, store.view, store.before)
  const places = useMemo(() => placesOf(list), [list])
  const [choice, setChoice] = useState(first)
  const [problem, setProblem] = useState<Problem | null>(null)
  const now = useNow(10_000, view.ahead)
  const { tiles } = view
  const shown = useMemo(() => arranged(tiles, choice, places), [tiles, choice, places])
  const heat = useMemo(() => heatOf(tiles, places), [tiles, places])
  const queue = useMemo(() => queueOf(tiles), [tiles])

  async function lower(person: string) {
    const done = await roomApi.deed(cohort, 'lower', { person })
    setProblem(done.ok ? null : done.problem)
  }

  return (
    <div className="wall">
      <StateLine view={view} />
      {tiles.some(({ attempt }) => attempt !== null) && <TerminalAhead />}
      {problem && <ProblemNote problem={problem} />}
      <div className="wall-grid">
        <aside className="wall-side">
          <HandQueue queue={queue} now={now} onLower={lower} />
          {labs && view.led && (
            <LeadPanel
              cohort={cohort}
              led={view.led}
              places={places}
              labs={labs}
              now={now}
              ahead={view.ahead}
            />
          )}
          {children}
        </aside>
        <div className="min-w-0">
          <ClassMap heat={heat} chosen={choice.stage} onChoose={(stage) => setChoice({ ...choice, stage })} />
          <section aria-labelledby="wall" className="mt-6">
            <h2 id="wall" className="caps text-muted">
              {text.wall}
            </h2>
            {view.led && tiles.length === 0 ? (
              <EmptyRoom cohort={cohort} mayEnroll={labs !== null} />
            ) : (
              <>
                <WallTools choice={choice} onChange={setChoice} />
                <p role="status" className="figures mt-3 text-sm text-muted">
                  {tiles.length > 0 && text.shown(shown.length, tiles.length)}
                  {tiles.length > 0 && shown.length === 0 && `. ${text.none}`}
                </p>
                <ul className="wall-tiles">
                  {shown.map((tile) => (
                    <WallTile key={tile.id} cohort={cohort} tile={tile} places={places} now={now} />
                  ))}
                </ul>
                {view.hidden > 0 && <p className="mt-4 text-sm text-muted">{text.hidden(view.hidden)}</p>}
              </>
            )}
          </section>
        </div>
      </div>
    </div>
  )
}

function StateLine({ view: { led, live, tiles } }: { view: WallView }) {
  const { here, all, hands, stuck, losing, passed } = countsOf(tiles)
  const words = text.summary
  if (led === undefined) return <p className="wall-state">{live ? '' : text.state.connecting}</p>
  if (led === null) return <p className="wall-state">{text.state.gone}</p>
  return (
    <div className="wall-state figures">
      <span>{words.here(here, all)}</span>
      {hands > 0 && <span className="text-amber-text">{words.hands(hands)}</span>}
      {stuck > 0 && <span className="text-amber-text">{words.stuck(stuck)}</span>}
      {losing > 0 && <span className="text-red">{words.losing(losing)}</span>}
      {passed > 0 && <span className="text-green">{words.passed(passed)}</span>}
      <span role="status" className="text-muted">
        {live ? '' : text.state.lost}
      </span>
    </div>
  )
}
