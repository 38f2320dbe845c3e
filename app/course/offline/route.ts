/** GET: every chapter that is open for whoever asks, as one file that needs no network. */
import { courseFile } from '#/app/_server/offline.ts'

export const GET = (): Promise<Response> => courseFile()
