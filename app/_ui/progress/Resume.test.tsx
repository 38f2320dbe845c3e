/** What somebody is told to do next, also when there is nothing. */
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { Course, CourseChapter, CourseLab } from '#/app/_server/course.ts'
import { Resume } from './Resume.tsx'

const lab = (passed: boolean, progress: CourseLab['progress'] = passed ? 'passed' : 'open') =>
  ({ meta: { id: 'l', title: 'The lab' }, progress, passed }) as CourseLab
const chapter = (read: boolean, labs: CourseLab[] = []) =>
  ({
    meta: { slug: 'c', number: 3, title: 'The chapter' },
    read,
    labs,
    openness: { open: true },
  }) as CourseChapter
const course = (change: Partial<Course>): Course => ({
  ...{ chapters: [], labs: [], lastPlace: null, next: null, opensAt: null },
  count: { read: 0, chapters: 14, passed: 0, labs: 16 },
  ...change,
})
const said = (change: Partial<Course>) =>
  renderToStaticMarkup(<Resume course={course(change)} chapters={[]} />).replaceAll(/<[^>]+>/g, ' ')

describe('where there is nothing to do', () => {
  test('all is done only when it is', () => {
    const count = { read: 14, chapters: 14, passed: 16, labs: 16 }
    expect(said({ count })).toContain('Every chapter is read and every lab is passed.')
    expect(said({ count: { ...count, passed: 15 } })).not.toContain('Every chapter')
  })

  test('nothing is open yet, and nobody has said when', () => {
    expect(said({})).toMatch(/Nothing is open for you yet\. Your instructor/)
  })

  test('what is open is done, and more opens on a day', () => {
    const opensAt = { at: new Date('2026-05-04T07:00Z'), timeZone: 'Europe/Berlin' }
    const text = said({ count: { read: 2, chapters: 14, passed: 1, labs: 16 }, opensAt })
    expect(text).toMatch(/All that is open for you is done\. More opens on Mon, 4 May 2026, 09:00/)
  })
})

test('a lab that was passed and is done again is its machine, and not what comes next', () => {
  const again = lab(true, 'running')
  const text = said({ labs: [again], next: chapter(true, [again, lab(false)]) })
  expect(text).toContain('Your machine for “The lab” is running')
  expect(text).toMatch(/Next on the path|Where to begin/)
})
