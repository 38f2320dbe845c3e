/** A chapter to read: the path at the left, the text, its headings at the right. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { courseNow } from '#/app/_server/course.ts'
import { requirePerson } from '#/app/_server/person.ts'
import { recallOf, recallsNow } from '#/app/_server/recall.ts'
import { chapterText, homeText } from '#/app/_text/en.ts'
import { contentLang } from '#/app/_text/language.ts'
import { ChapterFoot } from '#/app/_ui/chapter/ChapterFoot.tsx'
import { chapterComponents } from '#/app/_ui/chapter/components.tsx'
import { evaluateChapter } from '#/app/_ui/chapter/evaluate.ts'
import { Toc } from '#/app/_ui/chapter/Toc.tsx'
import { TocFolded } from '#/app/_ui/chapter/TocFolded.tsx'
import { Header } from '#/app/_ui/frame/Header.tsx'
import { Rail, Strip } from '#/app/_ui/path/Rail.tsx'
import { Closed } from '#/app/_ui/progress/Closed.tsx'
import { ReadingPlace } from '#/app/_ui/progress/ReadingPlace.tsx'
import { questionOf } from '#/app/_ui/progress/RecallQuestion.tsx'
import { ResumeLine } from '#/app/_ui/progress/ResumeLine.tsx'
import { chapter, chapters } from '#/content/catalog.ts'

interface Props {
  params: Promise<{ slug: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  const meta = (await chapters()).find((candidate) => candidate.slug === slug)
  return meta ? { title: meta.title, description: meta.summary } : {}
}

export default async function ChapterPage({ params }: Props) {
  await requirePerson()
  const { slug } = await params
  const [found, course] = await Promise.all([chapter(slug), courseNow(), recallsNow()])
  if (!found) notFound()
  const { meta, code, toc } = found
  const here = course.chapters.find((entry) => entry.meta.slug === slug)
  if (here && !here.openness.open) {
    return <Closed title={meta.title} summary={meta.summary} closed={here.openness} kind="chapter" />
  }
  const [recall] = await recallOf([found])
  const questions = recall?.questions ?? []
  const headings = toc.filter((entry) => entry.depth <= 3)
  const Body = evaluateChapter(slug, code)
  return (
    <>
      <Header where={homeText.chapter(meta.number)} />
      <div className="chapter-grid">
        <div className="chapter-rail">
          <Rail course={course} here={meta.stages} />
        </div>
        <main id="content" className="min-w-0">
          <div className="lg:hidden">
            <Strip here={meta.stages} />
          </div>
          <p className="caps mt-8 flex flex-wrap gap-x-3 text-muted lg:mt-0">
            <span>{homeText.chapter(meta.number)}</span>
            <span>{chapterText.meta(meta.minutes)}</span>
          </p>
          <h1 lang={contentLang} className="chapter-title">
            {meta.title}
          </h1>
          <p lang={contentLang} className="chapter-summary">
            {meta.summary}
          </p>
          <ResumeLine place={here?.place ?? null} toc={toc} questions={questions} />
          <section aria-labelledby="objectives" className="objectives">
            <h2 id="objectives" className="caps text-muted">
              {chapterText.objectives}
            </h2>
            <ul lang={contentLang}>
              {meta.objectives.map((objective) => (
                <li key={objective}>{objective}</li>
              ))}
            </ul>
          </section>
          <TocFolded entries={headings} />
          <article lang={contentLang} className="prose">
            <Body components={{ ...chapterComponents, Question: questionOf(slug, questions) }} />
          </article>
          <ReadingPlace slug={slug} anchors={toc.map(({ id }) => id)} />
          <ChapterFoot course={course} meta={meta} />
        </main>
        <div className="chapter-toc">
          <Toc entries={headings} />
        </div>
      </div>
    </>
  )
}
