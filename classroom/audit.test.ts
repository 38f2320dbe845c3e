import { expect, test } from 'vitest'
import { auditPageSize, note } from './audit.ts'
import { testClassroom } from './testing/classroom.ts'

test('a deed that fails leaves no entry, and one whose entry cannot be written is not done', async () => {
  await using house = await testClassroom()
  const owner = await house.owner()
  const id = await house.classroom.openCohort(owner, { name: 'Autumn', timeZone: 'UTC' })
  await house.db.$executeRawUnsafe(
    `CREATE FUNCTION "full"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room'; END $$`,
  )
  await house.db.$executeRawUnsafe(
    'CREATE TRIGGER "full" BEFORE INSERT ON "AuditEntry" FOR EACH ROW EXECUTE FUNCTION "full"()',
  )
  const before = await house.db.cohort.findMany()
  await expect(house.classroom.newCode(owner, id)).rejects.toThrow()
  await expect(house.classroom.addPerson(owner, id, { name: 'Grace', login: '' })).rejects.toThrow()
  await expect(house.classroom.openItem(owner, id, 'chapter:ip', true)).rejects.toThrow()
  expect(await house.db.cohort.findMany()).toEqual(before)
  expect([await house.db.person.count(), await house.db.release.count()]).toEqual([1, 0])
})

test('the log is read a page at a time, newest first, and only of its own cohort', async () => {
  await using house = await testClassroom()
  const owner = await house.owner()
  const id = await house.classroom.openCohort(owner, { name: 'Autumn', timeZone: 'UTC' })
  for (let number = 0; number < auditPageSize + 5; number++)
    await note(house.db, owner, { action: 'cohort.code', cohortId: id, detail: { number } })
  const first = await house.classroom.auditOfCohort(owner, id)
  const second = await house.classroom.auditOfCohort(owner, id, first.at(-1)?.id)
  expect([first.length, second.length]).toEqual([auditPageSize, 6])
  expect(new Set([...first, ...second].map((entry) => entry.id)).size).toBe(auditPageSize + 6)
  const other = await house.classroom.openCohort(owner, { name: 'Other', timeZone: 'UTC' })
  expect(await house.classroom.auditOfCohort(owner, other)).toHaveLength(1)
  expect(await house.classroom.auditOfCohort(owner, other, 'no id')).toHaveLength(1)
})
