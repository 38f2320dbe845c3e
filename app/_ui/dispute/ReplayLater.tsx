/** The replay, whose code (an emulator, a map) is loaded when there is something to replay. */
'use client'
import dynamic from 'next/dynamic'
import { disputeText } from '#/app/_text/en/people/dispute.ts'

export const ReplayLater = dynamic(() => import('./Replay.tsx').then((part) => part.Replay), {
  ssr: false,
  loading: () => <p className="mt-4 text-sm text-muted">{disputeText.replay.loading}</p>,
})
