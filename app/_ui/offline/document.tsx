/**
 * A book as the text of an HTML file. React's own renderer, loaded by Node itself and not by the bundler: where pages are made, React has no renderer to
 * a string. Whatever a book shows has no state and needs none.
 */
import 'server-only'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { courseRoot } from '#/content/files.ts'
import { Book, type BookProps } from './Book.tsx'
import { offlineStyle } from './style.ts'

type Renderer = typeof import('react-dom/server')

export async function bookDocument(book: Omit<BookProps, 'style'>): Promise<string> {
  const style = await offlineStyle()
  const load = createRequire(join(/* turbopackIgnore: true */ courseRoot(), 'package.json'))
  const { renderToStaticMarkup } = load('react-dom/server') as Renderer
  return `<!doctype html>\n${renderToStaticMarkup(<Book {...book} style={style} />)}\n`
}
