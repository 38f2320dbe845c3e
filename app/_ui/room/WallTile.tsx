/** One learner on the wall: who, where, how far, what is wrong. Drawn anew only when something of it changed. */
'use client'
import { memo } from 'react'
import { roomText } from '#/app/_text/en/people/room.ts'
import type { Tile } from '#/classroom/room/view.ts'
import { type StageId, stages } from '#/labs/stages.ts'
import { ShapeFail, ShapePass } from '../control/Shape.tsx'
import { HandSign } from './HandSign.tsx'
import type { Places } from './places.ts'
import { TileActions } from './TileActions.tsx'
import { stageOf } from './wall.ts'

const text = roomText.tile

interface Props {
  cohort: string
  tile: Tile
  places: Places
  /** The server's time, as often as minutes are counted. */
  now: number
}

export const WallTile = memo(function WallTile({ cohort, tile, places, now }: Props) {
  const { name, online, losing } = tile
  const here = stageOf(tile, places)
  return (
    <li
      data-wants={tile.hand !== null || tile.stuck || undefined}
      className={`wall-tile ${online ? '' : 'away'}`}
    >
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="min-w-0 truncate text-[0.9375rem] font-semibold" title={name}>
          <bdi>{name}</bdi>
        </h3>
        {tile.hand !== null && (
          <span className="wall-hand">
            <HandSign />
            <span className="sr-only">{text.hand(tile.hand)}</span>
            <span aria-hidden="true">{roomText.ordinal(tile.hand)}</span>
          </span>
        )}
      </div>
      <p className="truncate text-sm text-muted">{whereOf(tile, places)}</p>
      <PathStrip here={here} losing={losing} />
      <p className="wall-facts figures">
        <Progress tile={tile} />
        {losing !== null && (
          <span className="inline-flex items-center gap-1 text-red">
            <ShapeFail className="size-2.5" />
            {text.losing(nameOf(losing))}
          </span>
        )}
        {tile.stuck && tile.since !== null && (
          <span className="wall-stuck">{text.stuck(roomText.span(now - tile.since))}</span>
        )}
      </p>
      <p className="wall-facts figures text-muted">
        <span>{activity(tile, now)}</span>
        {tile.machine !== null && tile.machine !== 'running' && <span>{text.machine[tile.machine]}</span>}
        <span className="ml-auto">
          <TileActions cohort={cohort} tile={tile} />
        </span>
      </p>
    </li>
  )
})

const nameOf = (stage: StageId): string => stages.find(({ id }) => id === stage)?.name ?? stage

function whereOf({ item, online }: Tile, places: Places): string {
  if (item === null) return online ? text.nowhere : text.away
  const where = item === 'playground' ? text.playground : (places.get(item)?.title ?? text.unknown)
  return online ? where : `${text.away}, ${where}`
}

function Progress({ tile: { passed, criteria, attempt } }: Pick<Props, 'tile'>) {
  if (passed)
    return (
      <span className="inline-flex items-center gap-1 text-green">
        <ShapePass className="size-2.5" />
        {text.passed}
      </span>
    )
  if (criteria) return <span>{text.criteria(criteria.passed, criteria.all)}</span>
  return attempt === null ? null : <span className="text-muted">{text.unchecked}</span>
}

function activity({ activeAt, online }: Tile, now: number): string {
  if (activeAt === null) return text.never
  if (!online) return text.seen(roomText.span(now - activeAt))
  return now - activeAt < 60_000 ? text.activeNow : text.active(roomText.span(now - activeAt))
}

/** The path at its smallest: where they are, and where their packets die. */
function PathStrip({ here, losing }: { here: StageId | null; losing: StageId | null }) {
  const label = text.strip(here && nameOf(here), losing && nameOf(losing))
  return (
    <div role="img" aria-label={label} className="wall-strip">
      {stages.map(({ id }) => (
        <span key={id} className={id === losing ? 'losing' : id === here ? 'here' : ''} />
      ))}
    </div>
  )
}
