/** What the forms of a cohort do, by name. Each answers where to go and what to say there. Knows no rights: the classroom refuses. */
import 'server-only'
import { readCohortRole } from '#/classroom/enrollments.ts'
import { byteOrderMark, csvLine } from '#/classroom/grades/csv.ts'
import type { Classroom, Person } from '#/classroom/index.ts'
import { readPacing } from '#/classroom/releases.ts'
import type { Form, Next } from './form.ts'
import { roomHub } from './room/hub.ts'

export interface CohortDeed {
  /** The part of the cohort's pages where a problem is said. */
  back: '' | '/settings' | '/release' | '/room' | '/room/before' | '/look' | '/screen'
  keep?: string[]
  run(room: Classroom, person: Person, id: string, form: Form, origin: string): Promise<Next>
}

const at = (id: string, part = '') => `/cohorts/${id}${part}`
const release = (id: string): Next => ({ to: at(id, '/release'), note: { said: 'saved' } })
/** Of the settings' page, and back to it. */
const setting = (
  change: (room: Classroom, person: Person, id: string, form: Form) => Promise<unknown>,
): CohortDeed => ({
  back: '/settings',
  async run(room, person, id, form) {
    await change(room, person, id, form)
    return { to: at(id, '/settings'), note: { said: 'saved' } }
  },
})

/** Of the workshop room's page, told to everybody at once. */
const ofRoom = (change: (room: Classroom, person: Person, id: string) => Promise<unknown>): CohortDeed => ({
  back: '/room',
  async run(room, person, id) {
    await change(room, person, id)
    roomHub().changed(id)
    return { to: at(id, '/room') }
  },
})

export const cohortDeeds: Record<string, CohortDeed> = {
  change: setting((room, person, id, { text }) =>
    room.changeCohort(person, id, { name: text('name'), timeZone: text('timeZone') }),
  ),
  code: setting((room, person, id) => room.newCode(person, id)),
  'no-code': setting((room, person, id) => room.dropCode(person, id)),
  archive: setting(async (room, person, id) => {
    await room.archiveCohort(person, id)
    roomHub().changed(id)
  }),
  unarchive: setting((room, person, id) => room.unarchiveCohort(person, id)),
  'open-room': ofRoom((room, person, id) => room.openRoom(person, id)),
  'close-room': ofRoom((room, person, id) => room.closeRoom(person, id)),
  'reserve-seats': {
    back: '/room/before',
    keep: ['lab', 'seats', 'from', 'until'],
    async run(room, person, id, { text }) {
      const [lab, from, until] = [text('lab'), text('from'), text('until')]
      await room.reserveSeats(person, id, { lab, seats: Number(text('seats')), from, until })
      return { to: at(id, '/room/before'), note: { said: 'saved' } }
    },
  },
  'cancel-seats': {
    back: '/room/before',
    async run(room, person, id, { text }) {
      await room.cancelSeats(person, id, text('reservation'))
      return { to: at(id, '/room/before'), note: { said: 'saved' } }
    },
  },
  inject: {
    back: '/look',
    keep: ['lab', 'attempt'],
    async run(room, person, id, { text }) {
      const { done } = await room.inject(person, id, text('lab'), text('attempt') || null)
      // It takes a while for a class: the page says how far it is.
      done.catch((error) => console.error(error))
      return { to: at(id, '/look'), note: { said: 'begun' } }
    },
  },
  'show-screen': {
    back: '/screen',
    async run(room, person, id, { text }) {
      await room.showScreen(person, id, text('attempt'))
      roomHub().changed(id)
      return { to: at(id, '/screen'), note: { said: 'shown' } }
    },
  },
  'end-screen': {
    back: '/screen',
    async run(room, person, id) {
      await room.endScreen(person, id)
      roomHub().changed(id)
      return { to: at(id, '/screen'), note: { said: 'ended' } }
    },
  },
  copy: {
    back: '/settings',
    async run(room, person, id, { text }) {
      const copy = await room.copyCohort(person, id, text('name'))
      return { to: at(copy, '/settings'), note: { said: 'opened' } }
    },
  },
  add: {
    back: '',
    keep: ['name', 'login'],
    async run(room, person, id, { text }) {
      await room.addPerson(person, id, { name: text('name'), login: text('login').trim() })
      return { to: at(id), note: { said: 'added' } }
    },
  },
  role: {
    back: '',
    async run(room, person, id, { text }) {
      await room.changeRole(person, id, text('person'), readCohortRole(text('role')))
      return { to: at(id), note: { said: 'saved' } }
    },
  },
  remove: {
    back: '',
    async run(room, person, id, { text }) {
      await room.removePerson(person, id, text('person'))
      return { to: text('person') === person.id ? '/cohorts' : at(id), note: { said: 'removed' } }
    },
  },
  invite: {
    back: '',
    async run(room, person, id, { text }, origin) {
      const token = await room.invite(person, id, readCohortRole(text('role')))
      return { to: at(id), note: { secret: linkOf(origin, token) } }
    },
  },
  reset: {
    back: '',
    async run(room, person, id, { text }, origin) {
      const token = await room.resetPassword(person, id, text('person'))
      return { to: at(id), note: { secret: linkOf(origin, token) } }
    },
  },
  withdraw: {
    back: '',
    async run(room, person, id, { text }) {
      await room.withdrawInvitation(person, id, text('invitation'))
      return { to: at(id), note: { said: 'withdrawn' } }
    },
  },
  pacing: {
    back: '/release',
    async run(room, person, id, { text }) {
      await room.setPacing(person, id, readPacing(text('pacing')))
      return release(id)
    },
  },
  dates: {
    back: '/release',
    async run(room, person, id, { text, texts }) {
      const inputs = texts('item').map((item) => ({
        item,
        releaseAt: text(`at ${item}`),
        requires: texts(`requires ${item}`),
      }))
      await room.setReleases(person, id, inputs)
      return release(id)
    },
  },
  open: {
    back: '/release',
    async run(room, person, id, { text }) {
      await room.openItem(person, id, text('item'), text('open') === 'yes')
      return release(id)
    },
  },
  links: {
    back: '',
    async run(room, person, id, _form, origin) {
      const links = await room.inviteAll(person, id)
      const lines = links.map(({ name, login, token }) => [name, login ?? '', linkOf(origin, token)])
      return download('invitations.csv', [['name', 'login', 'link'], ...lines])
    },
  },
}

const linkOf = (origin: string, token: string): string => `${origin}/invite/${token}`

function download(name: string, lines: string[][]): Response {
  return new Response(byteOrderMark + lines.map(csvLine).join(''), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}
