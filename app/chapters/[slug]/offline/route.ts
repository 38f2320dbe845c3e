/** GET: the chapter as one file that needs no network, for whom it is open. */
import { notFound } from 'next/navigation'
import { chapterFile } from '#/app/_server/offline.ts'

export async function GET(_: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return (await chapterFile((await params).slug)) ?? notFound()
}
