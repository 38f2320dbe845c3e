/** What the forms of the account page do, by name. */
import 'server-only'
import type { Classroom, Person } from '#/classroom/index.ts'
import { byOwnPassword } from './door.ts'
import type { Form, Next } from './form.ts'
import { dropNote } from './note.ts'
import { dropSession, rememberDevice, setSession } from './session-cookie.ts'

type AccountDeed = (room: Classroom, person: Person, form: Form, request: Request) => Promise<Next>

const said = (word: string): Next => ({ to: '/account', note: { said: word } })

export const accountDeeds: Record<string, AccountDeed> = {
  async name(room, person, { text }) {
    await room.rename(person, text('name'))
    return said('saved')
  },
  /** In classroom mode only: in personal mode there is no page that a password would open. */
  async password(room, person, { text }, request) {
    const typed = { login: text('login'), password: text('password'), current: text('current') }
    const set = () => room.setPassword(person, typed)
    await setSession(request, await byOwnPassword(request, person, set))
    await rememberDevice(request, typed.login)
    return said('password')
  },
  async session(room, person, { text }) {
    await room.endSession(person, text('session'))
    return said('ended')
  },
  async delete(room, person, { text }) {
    await room.deleteAccount(person, text('name'))
    await dropSession()
    await dropNote()
    return { to: '/account/deleted' }
  },
}
