import { expect, test } from 'vitest'
import { noSuchThing, Refusal } from './refusal.ts'

test('a refusal is known as one by another copy of this file, as in the two bundles of the app', async () => {
  const another: typeof import('./refusal.ts') = await import('./refusal.ts?another' as string)
  expect(another.Refusal).not.toBe(Refusal)
  expect(another.noSuchThing()).toBeInstanceOf(Refusal)
  expect(noSuchThing()).toBeInstanceOf(another.Refusal)
  expect(noSuchThing()).toBeInstanceOf(Error)
  for (const other of [new Error('x'), null, undefined, 'Refusal', {}]) {
    expect((other as unknown) instanceof Refusal).toBe(false)
  }
})
