/** The room's way to the app's own routes. Knows no React. */
import type { DeviceResults } from '#/classroom/room/device-checks.ts'
import { post } from '../ask.ts'

export const roomApi = {
  /** What an instructor does: app/_server/room/deeds.ts has them by name. */
  deed: (cohort: string, name: string, asked: object) =>
    post<object>(`/api/cohorts/${cohort}/room/${name}`, asked),
  hand: (cohort: string, up: boolean) => post<object>('/api/room/hand', { cohort, up }),
  device: (results: DeviceResults) => post<object>('/api/device', results),
  revealed: (cohort: string, lab: string, hint: number | null) =>
    post<{ title: string | null; text: string }>('/api/room/revealed', { cohort, lab, hint }),
}
