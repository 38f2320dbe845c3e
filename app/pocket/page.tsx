/** The pocket: every command of the course, stage by stage, to copy or to run on one's own machine. */
import type { Metadata } from 'next'
import { chapters } from '#/content/catalog.ts'
import { pocket } from '#/content/pocket.ts'
import { playgroundId } from '#/labs/playground/id.ts'
import { stages } from '#/labs/stages.ts'
import { machinesNow } from '../_server/machines.ts'
import { pocketText as text } from '../_text/en.ts'
import { StartLink } from '../_ui/chapter/StartLink.tsx'
import { Header } from '../_ui/frame/Header.tsx'
import { PageTitle } from '../_ui/frame/PageTitle.tsx'
import { Glyph } from '../_ui/path/Glyph.tsx'
import { PocketEntry } from '../_ui/pocket/PocketEntry.tsx'

export const metadata: Metadata = { title: text.title }

export default async function PocketPage() {
  const [metas, [machine]] = await Promise.all([chapters(), machinesNow()])
  const parts = stages
    .map((stage) => ({ ...stage, commands: pocket.filter((command) => command.stage === stage.id) }))
    .filter(({ commands }) => commands.length > 0)
  return (
    <>
      <Header where={text.title} />
      <main id="content" className="mx-auto max-w-[80rem] px-4 pb-24 sm:px-8">
        <PageTitle>{text.title}</PageTitle>
        <p className="mt-5 max-w-[44rem] font-serif text-[1.1875rem] leading-[1.55]">{text.lead}</p>
        <p className="mt-4 max-w-[44rem] text-sm text-muted">{text.where}</p>
        <p className="mt-2 max-w-[44rem] text-sm text-muted print:hidden">
          {machine ? text.machine(machine.title) : `${text.noMachine} `}
          {!machine && (
            <StartLink lab={playgroundId} href="/playground" running={false} className="link">
              {text.start}
            </StartLink>
          )}
        </p>
        <nav aria-label={text.contents} className="mt-6 print:hidden">
          <ul className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
            {parts.map(({ id, name }) => (
              <li key={id}>
                <a href={`#stage-${id}`} className="link">
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {parts.map(({ id, name, commands }) => (
          <section key={id} aria-labelledby={`stage-${id}`} className="pocket-stage">
            <h2 id={`stage-${id}`} tabIndex={-1}>
              <Glyph stage={id} className="size-8 shrink-0" />
              {name}
            </h2>
            <div>
              {commands.map((command) => (
                <PocketEntry
                  key={command.id}
                  command={command}
                  chapter={metas.find(({ slug }) => slug === command.chapter)}
                  machine={machine}
                />
              ))}
            </div>
          </section>
        ))}
      </main>
    </>
  )
}
