/**
 * A whole classroom for one test: a database of its own, a service of its own, and people in it.
 */

import { connect } from '../database.ts'
import { type ClassroomOptions, createClassroom, type Person } from '../index.ts'
import { type TestDatabase, testDatabase } from './server.ts'
import { secret, testService } from './service.ts'

export const ownerToken = 'the-token-of-the-owner'
export const lab = 'accept-queue'

/** @param own a database in place of one on the server of all tests; gone with the house */
export async function testClassroom(more: Partial<ClassroomOptions> = {}, own?: TestDatabase) {
  const database = own ?? (await testDatabase())
  const service = await testService()
  const options = {
    databaseUrl: database.url,
    sandboxes: service.sandboxes,
    secret,
    ownerToken,
    labs: [
      { id: lab, chapter: 'accept-queue' },
      { id: 'silent-drop', chapter: 'ip' },
    ],
    ...more,
  }
  const classroom = createClassroom(options)
  const db = connect(database.url)
  const opened = [classroom]
  return {
    classroom,
    databaseUrl: database.url,
    service,
    db,
    /** The same house seen by a second process. */
    another() {
      const next = createClassroom(options)
      opened.push(next)
      return next
    },
    async owner(): Promise<Person> {
      const signedIn = await classroom.signIn(ownerToken)
      if (!signedIn) throw new Error('the owner cannot sign in')
      return signedIn.person
    },
    learner: (name: string): Promise<Person> =>
      db.person.create({ data: { name, role: 'learner' }, select: { id: true, name: true, role: true } }),
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((one) => one.close()))
      await db.$disconnect()
      await service[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}
