/** What a form hands out as a file is safe to open in a spreadsheet. */
import { expect, it } from 'vitest'
import { testClassroom } from '#/classroom/testing/classroom.ts'
import { cohortDeeds } from './cohort-deeds.ts'
import type { Form } from './form.ts'

const nothing: Form = { text: () => '', texts: () => [], file: async () => null }

it('writes a link for each of the roster, and no cell that a spreadsheet would compute', async () => {
  await using house = await testClassroom()
  const owner = await house.owner()
  const id = await house.classroom.openCohort(owner, { name: 'Autumn', timeZone: 'UTC' })
  const names = ['=HYPERLINK("https://evil.example")', '+1', '-1', '@SUM(A1)', 'Ada "the first", Lovelace']
  for (const name of names) await house.classroom.addPerson(owner, id, { name, login: '' })
  const answer = await cohortDeeds.links?.run(house.classroom, owner, id, nothing, 'https://course.example')
  if (!(answer instanceof Response)) throw new Error('no file')
  expect(answer.headers.get('content-disposition')).toContain('attachment')
  const bytes = new Uint8Array(await answer.arrayBuffer())
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const lines = new TextDecoder().decode(bytes).trim().split('\r\n')
  expect(lines).toHaveLength(6)
  expect(lines[0]).toBe('name,login,link')
  expect(lines.join('\n')).toContain('"Ada ""the first"", Lovelace",,https://course.example/invite/')
  // Neither bare nor in quotes: a spreadsheet takes the quotes off first.
  for (const line of lines) expect(line).not.toMatch(/(^|,)"?[=+\-@]/)
  expect(lines.filter((line) => line.startsWith(`"'`))).toHaveLength(4)
})
