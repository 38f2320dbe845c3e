/**
 * The browser's way to the app's own routes: every path in one place, every failure a problem fit to be shown. Asks again for nothing.
 * Knows no React.
 */
import { problemText } from '#/app/_text/en.ts'
import type { AttemptView, RecallView, VerdictView } from '#/classroom/types.ts'
import type { Hint } from '#/labs/folder.ts'
import type { ClosedTerminal, Problem, RecordingInfo } from '#/sandbox/protocol.ts'
import type { Entry } from './palette/search.ts'

export type Result<T> = { ok: true; value: T } | { ok: false; status: number; problem: Problem }

export const api = {
  startLab: (lab: string) => post<AttemptView>(`/api/labs/${encodeURIComponent(lab)}/attempt`),
  check: (attempt: string, answers: unknown) =>
    post<VerdictView>(`/api/attempts/${attempt}/check`, { answers }),
  extend: (attempt: string) => post<AttemptView>(`/api/attempts/${attempt}/extend`),
  reset: (attempt: string) => post<AttemptView>(`/api/attempts/${attempt}/reset`),
  saveMoment: (attempt: string, name: string) =>
    post<AttemptView>(`/api/attempts/${attempt}/moments`, { name }),
  backTo: (attempt: string, moment: number, saveAs: string | null) =>
    post<AttemptView>(`/api/attempts/${attempt}/moments/${moment}/back`, { saveAs }),
  dropMoment: (attempt: string, moment: number) =>
    post<AttemptView>(`/api/attempts/${attempt}/moments/${moment}/drop`),
  end: (attempt: string) => post<AttemptView>(`/api/attempts/${attempt}/end`),
  hint: (lab: string, number: number) => post<Hint>(`/api/labs/${encodeURIComponent(lab)}/hints`, { number }),
  debrief: (lab: string) => post<{ debrief: string | null }>(`/api/labs/${encodeURIComponent(lab)}/debrief`),
  markRead: (slug: string) => post<object>(chapterPath(slug, 'read')),
  markUnread: (slug: string) => ask<object>(chapterPath(slug, 'read'), { method: 'DELETE' }),
  /** Also while the page goes away. */
  keepPlace: (slug: string, anchor: string) =>
    post<object>(chapterPath(slug, 'place'), { anchor }, { keepalive: true }),
  answerRecall: (slug: string, question: string, knew: boolean) =>
    post<RecallView>(chapterPath(slug, 'recall'), { question, knew }),
  ticket: (attempt: string, audience: 'terminal' | 'watch') =>
    post<{ ticket: string }>('/api/tickets', { attempt, audience }),
  openTerminal: (attempt: string, size: { cols: number; rows: number }) =>
    post<{ terminal: number }>(`/api/attempts/${attempt}/terminals`, size),
  closeTerminal: (attempt: string, terminal: number, force: boolean) =>
    post<ClosedTerminal>(`/api/attempts/${attempt}/terminals/${terminal}/close`, { force }),
  renameTerminal: (attempt: string, terminal: number, name: string) =>
    post<object>(`/api/attempts/${attempt}/terminals/${terminal}/rename`, { name }),
  searchEntries: () => ask<Entry[]>('/api/search', {}),
  recordings: (attempt: string) => ask<RecordingInfo[]>(`/api/attempts/${attempt}/recordings`, {}),
  /** An address to download from. */
  recordingUrl: (attempt: string, name: string) => `/api/attempts/${attempt}/recordings/${name}`,
}

/** Longer than the slowest check; a network that is gone does not say so by itself. */
const patienceMs = 60_000

const chapterPath = (slug: string, what: string) => `/api/chapters/${encodeURIComponent(slug)}/${what}`

const post = <T>(path: string, body: unknown = {}, how: RequestInit = {}): Promise<Result<T>> =>
  ask(path, {
    ...how,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

async function ask<T>(path: string, request: RequestInit): Promise<Result<T>> {
  try {
    const response = await fetch(path, { ...request, signal: AbortSignal.timeout(patienceMs) })
    const answer = await response.json().catch(() => null)
    if (response.ok && answer !== null) return { ok: true, value: answer as T }
    return { ok: false, status: response.status, problem: answer?.problem ?? problemText.unexpected }
  } catch {
    return { ok: false, status: 0, problem: problemText.network }
  }
}
