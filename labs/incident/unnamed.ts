/**
 * What the verdict of an incident says until its learner has named the stage: of each criterion and status one sentence that is true of every case, and
 * the one figure that all cases have. The other lab's own words and rows would name the fault at the first check. Pure; status and points stay as they are.
 */
import type { Finding } from '../schema.ts'

/** The share of the clients that were answered, before and after; and what is wrong with Puma or the shop, if anything, which every case judges alike. */
interface Seen {
  before: string
  after: string
  app: string | null
}

export function unnamed(id: string, finding: Finding, findings: Record<string, Finding>): Finding {
  const told = sentences[id]
  // What is said of a diagnosis speaks of nothing but what the learner has named.
  if (!told) return finding
  const seen = seenIn(findings)
  return { ...finding, feedback: (told[finding.status] ?? unjudged)(seen), evidence: rows(id, seen) }
}

const more = 'What was seen of it is told to whoever has named the stage.'
const unjudged = () => 'This could not be judged. Nothing is lost for you; check again.'

const sentences: Record<string, Partial<Record<Finding['status'], (seen: Seen) => string>>> = {
  broken: {
    pass: ({ before }) =>
      `${before} of the clients were answered in time. Some of these may have had to ask more than once.`,
    error: () => 'This machine was not broken as it should have been. Nothing is lost for you.',
  },
  mended: {
    pass: () => 'By what this server says of itself, the cause is gone.',
    fail: () => `What makes the clients suffer is still in place, or a part of it. ${more}`,
  },
  durable: {
    pass: () => 'By the files of this server, it stays mended after the next boot.',
    fail: () => `By the files of this server, not all would be as it should be after the next boot. ${more}`,
    not_gradable: () => 'What is written for the next boot counts as soon as the clients are served.',
  },
  served: {
    // In one case those who are slow to ask are judged apart, as harm.
    pass: () => 'All clients that are counted here were answered.',
    fail: ({ after }) =>
      `${after} of the clients were answered in time. That is not all of them, or some had to ask more than once.`,
    error: () => 'The host was too busy to tell. Nothing is lost for you; check again.',
  },
  unharmed: {
    pass: () => 'Nothing else was harmed.',
    fail: ({ app }) => app ?? `Apart from the fault, something is not as it should be. ${more}`,
    not_gradable: () =>
      'Whether anything else was harmed cannot be told yet: it counts as soon as the clients are served, on a host that has time.',
  },
}

const label = 'Clients answered'

function rows(id: string, { before, after }: Seen): Finding['evidence'] {
  if (id === 'broken') return [{ label, after: before }]
  return id === 'served' ? [{ label, before, after }] : []
}

function seenIn({ served, app }: Record<string, Finding>): Seen {
  const row = served?.evidence.find((one) => one.label === 'Clients answered truly')
  return {
    before: percent(row?.before),
    after: percent(row?.after),
    app: app?.status === 'fail' ? app.feedback : null,
  }
}

/** No counts: who has been through the labs knows which of them brings 13 clients, and which 146. None is 0 %, all are 100 %, and nothing else is. */
function percent(text = ''): string {
  const [served, all] = text.split(' of ').map(Number)
  if (served === undefined || !all) return 'An unknown share'
  if (served === 0 || served === all) return `${(100 * served) / all} %`
  return `${Math.min(99, Math.max(1, Math.round((100 * served) / all)))} %`
}
