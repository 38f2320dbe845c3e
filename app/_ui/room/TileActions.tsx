/** What can be done about one learner from their tile. Everything that reaches a machine begins at its own page, which asks for the right to it. */

import { roomText } from '#/app/_text/en/people/room.ts'
import type { Tile } from '#/classroom/room/view.ts'
import { Link } from '../control/Link.tsx'

const text = roomText.tile

interface Props {
  cohort: string
  tile: Tile
}

export function TileActions({ cohort, tile: { attempt, name } }: Props) {
  if (attempt === null) return null
  return (
    <Link href={`/cohorts/${cohort}/look/${attempt}`} aria-label={text.lookOf(name)} className="link">
      {text.look}
    </Link>
  )
}
