/** The glossary: every term that a chapter explains in place, in the order of the alphabet. */
import type { Metadata } from 'next'
import { chapters } from '#/content/catalog.ts'
import { glossary } from '#/content/glossary.ts'
import { chapterPath } from '#/content/schema.ts'
import { requirePerson } from '../_server/person.ts'
import { glossaryText as text } from '../_text/en.ts'
import { contentLang } from '../_text/language.ts'
import { Link } from '../_ui/control/Link.tsx'
import { Header } from '../_ui/frame/Header.tsx'
import { PageTitle } from '../_ui/frame/PageTitle.tsx'

export const metadata: Metadata = { title: text.title }

export default async function GlossaryPage() {
  await requirePerson()
  const metas = await chapters()
  const terms = glossary.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { sensitivity: 'base' }))
  return (
    <>
      <Header where={text.title} />
      <main id="content" className="mx-auto max-w-[80rem] px-4 pb-24 sm:px-8">
        <PageTitle>{text.title}</PageTitle>
        <p className="mt-5 max-w-[44rem] font-serif text-[1.1875rem] leading-[1.55]">{text.lead}</p>
        <dl lang={contentLang} className="glossary">
          {terms.map(({ id, name, means, chapter, source }) => {
            const meta = metas.find(({ slug }) => slug === chapter)
            return (
              <div key={id} id={id} className="glossary-term">
                <dt>{name}</dt>
                <dd>
                  <p>{means}</p>
                  <p className="glossary-where">
                    {meta && (
                      <Link href={chapterPath(meta.slug)} className="link">
                        {text.chapter(meta.number, meta.title)}
                      </Link>
                    )}
                    <span>
                      {text.source} {source}
                    </span>
                  </p>
                </dd>
              </div>
            )
          })}
        </dl>
      </main>
    </>
  )
}
