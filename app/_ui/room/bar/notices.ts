/** What a learner has not seen yet of what their instructor did, and how they are brought along. Pure; knows no browser. */
import type { LedView, MessageView, SeatView } from '#/classroom/room/view.ts'

export interface Revealed {
  lab: string
  hint: number | null
}

export type Notice =
  | { key: string; kind: 'bring'; title: string; href: string; how: 'go' | 'ask' }
  | { key: string; kind: 'message'; message: MessageView }
  | { key: string; kind: 'reveal'; lab: string; title: string; hint: number | null }

export interface Page {
  path: string
  /** Something is typed or asked here that leaving would lose. */
  busy: boolean
}

/** The newest last, as they are read. @param seen keys of those that were dismissed */
export function noticesOf(view: SeatView, page: Page, seen: ReadonlySet<string>): Notice[] {
  const { room } = view
  const messages = room.messages.map((message): [number, Notice] => [
    message.at,
    { key: message.id, kind: 'message', message },
  ])
  const reveals = room.reveals.map(({ lab, hint, at }): [number, Notice] => [
    at,
    { key: revealKey({ lab, hint }), kind: 'reveal', lab, hint, title: titleOf(room, `lab:${lab}`) },
  ])
  const notices = [...messages, ...reveals].toSorted(([a], [b]) => a - b).map(([, notice]) => notice)
  const bring = bringOf(view, page)
  return [...notices, ...(bring ? [bring] : [])].filter(({ key }) => !seen.has(key))
}

/** Null when nobody is brought anywhere, or when they are there. */
function bringOf({ room, machine }: SeatView, { path, busy }: Page): Notice | null {
  if (!room.lead) return null
  const { item, at } = room.lead
  const href = hrefOf(item)
  if (path === href) return null
  const atMachine = machine !== null && isAt(path, machine)
  const how = atMachine || busy ? 'ask' : 'go'
  return { key: leadKey(at), kind: 'bring', title: titleOf(room, item), href, how }
}

/** A lab for practice, the playground, or a lab of an assignment. */
const isAt = (path: string, lab: string): boolean =>
  path === `/labs/${lab}` ||
  path === `/${lab}` ||
  (path.startsWith('/assignments/') && path.endsWith(`/${lab}`))

export const leadKey = (at: number): string => `lead ${at}`
const revealKey = ({ lab, hint }: Revealed): string => `reveal ${lab} ${hint ?? 'solution'}`

export const titleOf = ({ titles }: LedView, item: string): string =>
  titles?.[item] ?? item.replace(/^\w+:/, '')

export const hrefOf = (item: string): string =>
  item.startsWith('lab:') ? `/labs/${item.slice(4)}` : `/chapters/${item.slice(8)}`
