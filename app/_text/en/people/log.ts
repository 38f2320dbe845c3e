/** Texts of the audit log: a sentence for each deed. */

import type { AuditView } from '#/classroom/audit.ts'
import { texts } from '../../language.ts'

type Detail = Record<string, unknown>
const whom = ({ subject }: AuditView) => subject ?? 'somebody who has been deleted'
const word = (detail: Detail, name: string) => String(detail[name] ?? '')

const pacings: Record<string, string> = {
  open: 'opened everything at once',
  dates: 'set the pacing to dates and prerequisites',
  hand: 'set the pacing to opening by hand',
}

const lasted = ({ seconds }: Detail) =>
  Number(seconds) < 90 ? `${Number(seconds)} s` : `${Math.round(Number(seconds) / 60)} min`

const helpEnds: Record<string, string> = {
  owner: 'the learner ended it',
  visitor: 'they ended it themselves',
  'owner-away': 'the learner’s page was closed or out of reach',
  'visitor-away': 'their own page was closed or out of reach',
  machine: 'the machine was reset, fell asleep or ended',
  unanswered: 'nobody answered',
}

const sentences: Record<string, (entry: AuditView) => string> = {
  'cohort.opened': ({ detail }) =>
    detail.copyOf === undefined
      ? `opened the cohort “${word(detail, 'name')}”`
      : `opened the cohort “${word(detail, 'name')}” as a copy of “${word(detail, 'copyOf')}”`,
  'cohort.changed': ({ detail }) => `set name “${word(detail, 'name')}” and zone ${word(detail, 'timeZone')}`,
  'cohort.archived': () => 'archived the cohort',
  'cohort.unarchived': () => 'took the cohort out of the archive',
  'cohort.code': ({ detail }) =>
    detail.on === true ? 'made a new code to join' : 'turned the code to join off',
  'person.added': (entry) => `added ${whom(entry)}`,
  'person.role': (entry) =>
    `made ${whom(entry)} ${word(entry.detail, 'to')}, was ${word(entry.detail, 'from')}`,
  'person.removed': (entry) => `removed ${whom(entry)}`,
  'person.appointed': (entry) =>
    word(entry.detail, 'to') === 'instructor'
      ? `let ${whom(entry)} open cohorts`
      : `no longer lets ${whom(entry)} open cohorts`,
  'roster.applied': ({ detail }) =>
    `added ${detail.added === 1 ? '1 person' : `${word(detail, 'added')} people`} from a roster`,
  'invitation.made': ({ detail }) =>
    detail.count === undefined
      ? `made an invitation as ${word(detail, 'role')}`
      : `made ${word(detail, 'count')} invitations for the roster`,
  'invitation.withdrawn': () => 'took an invitation back',
  'password.reset': (entry) => `made a link that sets the password of ${whom(entry)}`,
  'release.changed': ({ detail }) => {
    if (detail.pacing !== undefined) return pacings[word(detail, 'pacing')] ?? 'changed the pacing'
    if (detail.item === undefined) return 'set dates and prerequisites'
    return `${detail.open === true ? 'opened' : 'closed'} ${word(detail, 'item').replace(':', ' ')} by hand`
  },
  'assignment.made': ({ detail }) => `made the assignment “${word(detail, 'title')}”`,
  'assignment.changed': ({ detail }) => `changed the assignment “${word(detail, 'title')}”`,
  'assignment.published': ({ detail }) => `published the assignment “${word(detail, 'title')}”`,
  'assignment.deleted': ({ detail }) => `deleted the assignment “${word(detail, 'title')}”`,
  'extension.given': (entry) =>
    `gave ${whom(entry)} other terms in “${word(entry.detail, 'title')}”: ${word(entry.detail, 'reason')}`,
  'extension.taken': (entry) => `took back ${whom(entry)}’s other terms in “${word(entry.detail, 'title')}”`,
  'grade.overridden': (entry) =>
    `set the grade of ${whom(entry)} at ${word(entry.detail, 'lab')} to ${word(entry.detail, 'score')} of ${word(entry.detail, 'maxScore')}: ${word(entry.detail, 'reason')}`,
  'look.began': (entry) => `began to look at a machine of ${whom(entry)} (${word(entry.detail, 'lab')})`,
  'look.ended': (entry) =>
    `looked no more at a machine of ${whom(entry)} (${word(entry.detail, 'lab')}), after ${lasted(entry.detail)}`,
  'help.asked': (entry) => `asked ${whom(entry)} to be let type in their terminals`,
  'help.given': (entry) => `let ${whom(entry)} type in their terminals`,
  'help.refused': (entry) => `did not let ${whom(entry)} type in their terminals`,
  'help.ended': (entry) =>
    `could type no more in the terminals of ${whom(entry)}, after ${lasted(entry.detail)}: ${helpEnds[word(entry.detail, 'by')] ?? 'it was ended'}`,
  'screen.shown': ({ detail }) => `showed a machine of theirs to everybody (${word(detail, 'lab')})`,
  'screen.ended': (entry) => `ended what ${whom(entry)} showed to everybody (${word(entry.detail, 'lab')})`,
  'fault.injected': (entry) =>
    `set out to break a machine of ${whom(entry)} in a new way (${word(entry.detail, 'lab')})`,
  'grades.judged': ({ detail }) =>
    `judged “${word(detail, 'title')}” again: ${word(detail, 'changed')} of ${word(detail, 'judged')} changed`,
  'room.opened': () => 'opened the workshop room',
  'room.closed': () => 'closed the workshop room',
  'room.brought': ({ detail }) => `brought the room to ${word(detail, 'item').replace(':', ' ')}`,
  'room.told': ({ detail }) =>
    `${detail.kind === 'command' ? 'gave the room a command' : 'told the room'}: ${word(detail, 'text')}`,
  'room.timer': ({ detail }) => {
    if (detail.stopped === true) return 'stopped the room’s timer'
    if (detail.more !== undefined) return `gave the room ${word(detail, 'more')} more minutes`
    return `timed ${word(detail, 'minutes')} minutes for the room: ${word(detail, 'text')}`
  },
  'room.revealed': ({ detail }) =>
    detail.hint === null
      ? `showed the room the solution of ${word(detail, 'lab')}`
      : `showed the room hint ${word(detail, 'hint')} of ${word(detail, 'lab')}`,
  'room.hand': (entry) => `lowered the hand of ${whom(entry)}`,
  'seats.reserved': ({ detail }) =>
    `reserved ${word(detail, 'seats')} seats of ${word(detail, 'lab')} for ${word(detail, 'from')}`,
  'seats.cancelled': () => 'gave reserved seats up',
}

export const logText = /* @__PURE__ */ texts('logText', {
  title: 'Log',
  houseTitle: 'Log of the house',
  lead: 'What was done with rights over others. Nothing here can be changed; who deletes their account loses their name here.',
  empty: 'Nothing yet.',
  deleted: 'Somebody who has been deleted',
  sentence: (entry: AuditView): string => sentences[entry.action]?.(entry) ?? entry.action,
  older: 'Older',
} as const)
