/** The playground: a workbench without anything to hand in. */
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { classroom } from '#/app/_server/classroom.ts'
import { playgroundGuide } from '#/app/_server/labs.ts'
import { stageGuides } from '#/app/_server/map.ts'
import { requirePerson } from '#/app/_server/person.ts'
import { frameText } from '#/app/_text/en.ts'
import { Header } from '#/app/_ui/frame/Header.tsx'
import { panesCookie, parsePanes } from '#/app/_ui/workbench/panes.ts'
import { Workbench } from '#/app/_ui/workbench/Workbench.tsx'
import { playgroundMeta } from '#/labs/playground/meta.ts'

export const metadata: Metadata = { title: frameText.playground }

export default async function Playground() {
  const person = await requirePerson()
  const room = await classroom()
  const [attempt, guide, guides, jar] = await Promise.all([
    room.currentAttempt(person, playgroundMeta.id),
    playgroundGuide(),
    stageGuides(),
    cookies(),
  ])
  return (
    <div className="bench-page">
      <Header wide where={frameText.playground} />
      <Workbench
        meta={playgroundMeta}
        ticket={guide}
        hints={{ seen: [], count: 0 }}
        debrief={null}
        stages={[]}
        counters={[]}
        guide={guides}
        questions={null}
        graded={false}
        attempt={attempt}
        verdicts={[]}
        panes={parsePanes(jar.get(panesCookie)?.value)}
      />
    </div>
  )
}
