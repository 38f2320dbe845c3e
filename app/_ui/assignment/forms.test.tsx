/** What the forms are made of, as far as it can be seen without a browser. */
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { AssignmentForm } from './AssignmentForm.tsx'
import { ExtensionForm } from './ExtensionForm.tsx'
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

test('each field for a date has the name by which a mistake in it is said', () => {
  const assignment = { action: '/', first: emptyTyped, timeZone: 'UTC', labs: [], version: null }
  expect(datesIn(drawn(<AssignmentForm {...assignment} />))).toEqual(['releaseAt', 'dueAt', 'lateDueAt'])
  const extension = { assignment: 'a', person: { id: 'p', name: 'Ada' }, timeZone: 'UTC', first: null }
  expect(datesIn(drawn(<ExtensionForm {...extension} />))).toEqual(['dueAt', 'lateDueAt'])
})
