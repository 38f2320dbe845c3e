/** A reader's way to the app's own routes. Apart from api.ts, since it is part of every chapter's script. Knows no React. */
import type { RecallView } from '#/classroom/types.ts'
import { ask, post } from './ask.ts'
import type { Entry } from './palette/search.ts'

export const readingApi = {
  markRead: (slug: string) => post<object>(chapterPath(slug, 'read')),
  markUnread: (slug: string) => ask<object>(chapterPath(slug, 'read'), { method: 'DELETE' }),
  /** Also while the page goes away. */
  keepPlace: (slug: string, anchor: string) =>
    post<object>(chapterPath(slug, 'place'), { anchor }, { keepalive: true }),
  answerRecall: (slug: string, question: string, knew: boolean) =>
    post<RecallView>(chapterPath(slug, 'recall'), { question, knew }),
  searchEntries: () => ask<Entry[]>('/api/search', {}),
}

const chapterPath = (slug: string, what: string) => `/api/chapters/${encodeURIComponent(slug)}/${what}`
