/** What the pictures of instruments share: a vessel with its level and engraved limit, an arrow, and the way out for what is lost. */
interface Box {
  x: number
  y: number
  width: number
  height: number
}

interface Level {
  /** From 0 to 1. */
  fill: number
  /** Look here: the words beside it say why. */
  full: boolean
  /** Where a limit is engraved, from 0 to 1. */
  limit?: number
}

/** Open at the top. */
export function Vessel({ x, y, width, height, fill, full, limit }: Box & Level) {
  const level = Math.max(0, Math.min(1, fill)) * (height - 4)
  return (
    <>
      <rect
        x={x + 3}
        y={y + height - 1.5 - level}
        width={width - 6}
        height={level}
        className={full ? 'level full' : 'level'}
      />
      <path d={`M${x} ${y}V${y + height}H${x + width}V${y}`} className="line" />
      {limit !== undefined && (
        <path d={`M${x + width - 7} ${y + height - 1.5 - limit * (height - 4)}h12`} className="line notch" />
      )}
    </>
  )
}

/** Down from (x, y). */
export const Down = ({ x, y, length }: { x: number; y: number; length: number }) => (
  <path d={`M${x} ${y}v${length}m-4 -8l4 8 4 -8`} className="line" />
)

/** A way out to the right that ends in a cross; faint until something was lost there. */
export function WayOut({ x, y, length, lost }: { x: number; y: number; length: number; lost: number }) {
  return <path d={`M${x} ${y}h${length}m-4 -4l8 8m0 -8l-8 8`} className={lost > 0 ? 'exit' : 'exit quiet'} />
}
