/** What the course has for each stage of the path, for the live map. The same for everybody and every lab: it tells nothing of a lab's cause. */
import 'server-only'
import { chapters } from '#/content/catalog.ts'
import { pocket } from '#/content/pocket.ts'
import { pocketText } from '../_text/en.ts'
import { guideOf, type StageGuide } from '../_ui/map/guide.ts'

export const stageGuides = async (): Promise<StageGuide[]> =>
  guideOf(pocket, await chapters(), pocketText.chapter)
