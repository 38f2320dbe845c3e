/** The catalogue: every lab along the path, with its stage, how long it takes, how hard it is, and what one will be able to do. */
import type { Metadata } from 'next'
import { courseNow } from '../_server/course.ts'
import { catalogueText } from '../_text/en.ts'
import { Header } from '../_ui/frame/Header.tsx'
import { PageTitle } from '../_ui/frame/PageTitle.tsx'
import { LabRow } from '../_ui/path/LabRow.tsx'

export const metadata: Metadata = { title: catalogueText.title }

export default async function Catalogue() {
  const { labs, count } = await courseNow()
  return (
    <>
      <Header where={catalogueText.title} />
      <main id="content" className="mx-auto max-w-[80rem] px-4 pb-24 sm:px-8">
        <PageTitle>{catalogueText.title}</PageTitle>
        <p className="mt-5 max-w-[44rem] font-serif text-[1.1875rem] leading-[1.55]">{catalogueText.lead}</p>
        <p className="figures mt-4 text-sm text-muted">{catalogueText.passed(count.passed, count.labs)}</p>
        {labs.length === 0 && <p className="mt-10 text-muted">{catalogueText.empty}</p>}
        <ul className="mt-10 border-t border-rule">
          {labs.map((lab) => (
            <LabRow key={lab.meta.id} lab={lab} />
          ))}
        </ul>
      </main>
    </>
  )
}
