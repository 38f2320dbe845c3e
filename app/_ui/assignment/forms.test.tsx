/** What the forms are made of, as far as it can be seen without a browser. */
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { EmptyRoom } from '../room/EmptyRoom.tsx'
import { AssignmentForm } from './AssignmentForm.tsx'
import { ExtensionForm } from './ExtensionForm.tsx'
import { ExtensionRow } from './ExtensionRow.tsx'
import { emptyTyped } from './typed.ts'

const nowhere = async () => {}
const router = {
  ...{ push: nowhere, replace: nowhere, refresh: nowhere, prefetch: nowhere },
  ...{ back: nowhere, forward: nowhere, bfcacheId: '' },
} as never
const drawn = (form: ReactNode) =>
  renderToStaticMarkup(<AppRouterContext.Provider value={router}>{form}</AppRouterContext.Provider>)

/** Of all fields for a date: without it nobody could say at which of them a part is missing. */
const datesIn = (html: string) =>
  [...html.matchAll(/<input[^>]*type="datetime-local"[^>]*>/g)].map(([tag]) => /name="(\w*)"/.exec(tag)?.[1])

test('an assistant reads what somebody was given and why, and finds no button or link that is not for them', () => {
  const given = { dueAt: '', lateDueAt: '', extraMinutes: 0, extraAttempts: 0, excused: true, reason: 'Ill' }
  const row = { assignment: 'a', one: { ...given, personId: 'p' }, name: 'Ada' }
  const read = drawn(<ExtensionRow {...row} mayGive={false} />)
  for (const word of ['Ada', 'excused', 'Ill']) expect(read).toContain(word)
  expect(read).not.toMatch(/<(a|form|button)\b/)
  expect(drawn(<ExtensionRow {...row} mayGive />)).toMatch(/<a\b.*<form\b/)
  expect(drawn(<EmptyRoom cohort="c" mayEnroll={false} />)).not.toMatch(/<a\b/)
  expect(drawn(<EmptyRoom cohort="c" mayEnroll />)).toContain('/cohorts/c/roster')
})

test('each field for a date has the name by which a mistake in it is said', () => {
  const assignment = { action: '/', first: emptyTyped, timeZone: 'UTC', labs: [], version: null }
  expect(datesIn(drawn(<AssignmentForm {...assignment} />))).toEqual(['releaseAt', 'dueAt', 'lateDueAt'])
  const extension = { assignment: 'a', person: { id: 'p', name: 'Ada' }, timeZone: 'UTC', first: null }
  expect(datesIn(drawn(<ExtensionForm {...extension} />))).toEqual(['dueAt', 'lateDueAt'])
})
