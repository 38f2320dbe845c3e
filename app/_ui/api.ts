/** The workbench's way to the app's own routes, every path in one place; what a reader needs is in reading-api.ts. Knows no React. */
import type { SubmissionView } from '#/classroom/assignments/submissions.ts'
import type { AttemptView, VerdictView } from '#/classroom/types.ts'
import type { Hint } from '#/labs/folder.ts'
import type { ClosedTerminal, RecordingInfo } from '#/sandbox/protocol/requests.ts'
import { ask, post } from './ask.ts'

/** As long as the app waits for the service: a check may have to wait for those of others. */
const checkMs = 300_000
/** It is told again soon, and what was typed since waits for it. */
const keepMs = 8_000

export const api = {
  startLab: (lab: string) => post<AttemptView>(`/api/labs/${encodeURIComponent(lab)}/attempt`),
  startTry: (assignment: string, lab: string) =>
    post<AttemptView>(`/api/assignments/${assignment}/labs/${encodeURIComponent(lab)}/attempt`),
  handIn: (attempt: string, answers: unknown) =>
    post<SubmissionView>(`/api/attempts/${attempt}/hand-in`, { answers }),
  keepAnswers: (attempt: string, answers: unknown) =>
    post<object>(`/api/attempts/${attempt}/answers`, { answers }, { signal: AbortSignal.timeout(keepMs) }),
  check: (attempt: string, answers: unknown) =>
    post<VerdictView>(
      `/api/attempts/${attempt}/check`,
      { answers },
      { signal: AbortSignal.timeout(checkMs) },
    ),
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
  ticket: (attempt: string, audience: 'terminal' | 'watch') =>
    post<{ ticket: string }>('/api/tickets', { attempt, audience }),
  openTerminal: (attempt: string, size: { cols: number; rows: number }) =>
    post<{ terminal: number }>(`/api/attempts/${attempt}/terminals`, size),
  closeTerminal: (attempt: string, terminal: number, force: boolean) =>
    post<ClosedTerminal>(`/api/attempts/${attempt}/terminals/${terminal}/close`, { force }),
  renameTerminal: (attempt: string, terminal: number, name: string) =>
    post<object>(`/api/attempts/${attempt}/terminals/${terminal}/rename`, { name }),
  recordings: (attempt: string) => ask<RecordingInfo[]>(`/api/attempts/${attempt}/recordings`, {}),
  /** An address to download from. */
  recordingUrl: (attempt: string, name: string) => `/api/attempts/${attempt}/recordings/${name}`,
}
