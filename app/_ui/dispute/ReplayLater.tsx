/** The replay, whose code (an emulator, a map) is loaded when there is something to replay. */
'use client'
import type { ComponentProps } from 'react'
import { disputeText } from '#/app/_text/en/people/dispute.ts'
import { useLater } from '../control/useLater.ts'
import type { Replay } from './Replay.tsx'

const load = () => import('./Replay.tsx').then((part) => part.Replay)

export function ReplayLater(props: ComponentProps<typeof Replay>) {
  const Part = useLater(load)
  return Part ? <Part {...props} /> : <p className="mt-4 text-sm text-muted">{disputeText.replay.loading}</p>
}
