/**
 * One sign per stage, drawn on the line: it enters at the top (24, 0) and leaves at the bottom (24, 48). Queues are vessels with a level and
 * the notch of a limit; a side branch is a way out for drops. The same drawing serves every scale. Knows no numbers and no state.
 */
import type { ReactNode } from 'react'
import type { StageId } from '#/labs/stages.ts'

const thread = (from: number, to: number) => <path d={`M24 ${from}V${to}`} />

/** Where packets can leave: a branch to the right that ends in nothing. */
const exit = (x: number, y: number) => <path d={`M${x} ${y}H42M42 ${y - 3}V${y + 3}`} className="exit" />

/** An open vessel: what waits fills it from below, the notch is engraved at its limit. */
const vessel = (x: number, y: number, width: number, height: number) => (
  <>
    <path d={`M${x} ${y}V${y + height}H${x + width}V${y}`} />
    <path d={`M${x + width - 4} ${y + 5}H${x + width + 3}`} className="notch" />
  </>
)
const fill = (x: number, y: number, width: number, height: number) => (
  <rect x={x} y={y} width={width} height={height} className="level" />
)

export const glyphs: Record<StageId, ReactNode> = {
  wire: <path d="M2 24H8V14H13V24H18V14H24V48" />,
  ring: (
    <>
      {thread(0, 8)}
      {thread(40, 48)}
      <circle cx="24" cy="24" r="16" />
      <circle cx="24" cy="24" r="9" />
      <path d={ticks(24, 24, 9, 16, 12)} className="hair" />
      <path d={sector(24, 24, 9, 16, -90, 60)} className="level" />
    </>
  ),
  irq: (
    <>
      {thread(0, 16)}
      <path d="M24 16 33 20 15 28 24 32" />
      {thread(32, 48)}
    </>
  ),
  softirq: (
    <>
      {thread(0, 10)}
      {thread(38, 48)}
      <rect x="10" y="10" width="28" height="7" />
      <rect x="10" y="20.5" width="28" height="7" className="level line" />
      <rect x="10" y="31" width="28" height="7" />
    </>
  ),
  ip: (
    <>
      {thread(0, 12)}
      {thread(36, 48)}
      <path d="M24 12 36 24 24 36 12 24Z" />
      {exit(36, 24)}
    </>
  ),
  conntrack: (
    <>
      {thread(0, 10)}
      {thread(38, 48)}
      <path d="M10 10H38V38H10Z" />
      <path d="M10 17H38M10 24H38M10 31H38M19 10V38" className="hair" />
      <path d="M10 24H38V38H10Z" className="level" />
    </>
  ),
  'syn-queue': (
    <>
      {thread(0, 26)}
      {fill(13, 28, 22, 4)}
      {fill(13, 34, 22, 4)}
      {vessel(12, 8, 24, 32)}
      {thread(40, 48)}
    </>
  ),
  'accept-queue': (
    <>
      {thread(0, 16)}
      {fill(13, 18, 22, 21)}
      {vessel(12, 8, 24, 32)}
      {thread(40, 48)}
    </>
  ),
  'socket-buffer': (
    <>
      {thread(0, 22)}
      {fill(7, 24, 34, 9)}
      {vessel(6, 12, 36, 22)}
      {thread(34, 48)}
    </>
  ),
  epoll: (
    <>
      <path d="M24 0V8M24 8 8 18M24 8 16 18M24 8V18M24 8 32 18M24 8 40 18" />
      <path d="M8 18V26M16 18V26M24 18V26M32 18V26M40 18V26" className="hair" />
      <path d="M24 26V48" />
      <circle cx="24" cy="32" r="4.5" className="dot" />
    </>
  ),
  puma: (
    <>
      <path d="M24 0V8M24 8 10 16V32L24 40M24 8 38 16V32L24 40M24 8V40M24 40V48" />
      <path d="M10 20V28M24 20V28" className="busy" />
    </>
  ),
  app: (
    <>
      {thread(0, 22)}
      <path d="M12 22H36" className="stop" />
      <rect x="16" y="22" width="16" height="14" className="level line" />
    </>
  ),
}

function ticks(cx: number, cy: number, from: number, to: number, count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI
    const at = (radius: number) =>
      `${round(cx + radius * Math.cos(angle))} ${round(cy + radius * Math.sin(angle))}`
    return `M${at(from)}L${at(to)}`
  }).join('')
}

function sector(
  cx: number,
  cy: number,
  inner: number,
  outer: number,
  fromDeg: number,
  toDeg: number,
): string {
  const at = (radius: number, deg: number) =>
    `${round(cx + radius * Math.cos((deg * Math.PI) / 180))} ${round(cy + radius * Math.sin((deg * Math.PI) / 180))}`
  return `M${at(outer, fromDeg)}A${outer} ${outer} 0 0 1 ${at(outer, toDeg)}L${at(inner, toDeg)}A${inner} ${inner} 0 0 0 ${at(inner, fromDeg)}Z`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
