/** A page says whether somebody looks at it: at once, and only when it changes. */
import { expect, test } from 'vitest'
import { lookKeeper } from './look.ts'

function page() {
  const state = { visible: true, now: 0 }
  const said: boolean[] = []
  const keeper = lookKeeper({ visible: () => state.visible, now: () => state.now }, (seen) => said.push(seen))
  return {
    keeper,
    said,
    turn(visible: boolean) {
      state.visible = visible
      keeper.turned()
    },
    after(minutes: number) {
      state.now += minutes * 60_000
      keeper.looked()
    },
  }
}

test('a page that goes to the background and comes back says both at once', () => {
  const { said, turn } = page()
  turn(false)
  turn(true)
  turn(true)
  expect(said).toEqual([false, true])
})

test('who goes on using it says nothing more', () => {
  const { keeper, said, after } = page()
  for (let minute = 0; minute < 100; minute++) {
    keeper.moved()
    after(1)
  }
  expect(said).toEqual([])
})

test('a page in front of which nobody moves for half an hour is looked at by nobody, until somebody does', () => {
  const { keeper, said, after } = page()
  after(29)
  expect(said).toEqual([])
  after(1)
  after(1)
  expect(said).toEqual([false])
  keeper.moved()
  expect(said).toEqual([false, true])
})

test('a page in the background is not looked at, whatever moves in it', () => {
  const { keeper, said, turn, after } = page()
  turn(false)
  after(2)
  keeper.moved()
  expect(said).toEqual([false])
})
