/** A browser is known to the login that came in with it, and to no other. */
import { expect, it } from 'vitest'
import { deviceMark, deviceOf } from './device.ts'

const secret = 'a secret of at least thirty-two characters'
const sends = (mark: string) =>
  new Headers({ cookie: `ringside_session=a; ringside_device=${mark}; ringside_note=b` })

it('knows the login again, however it is spelled, and each browser by a number of its own', () => {
  const mark = deviceMark('Ada@Example.org', secret)
  const device = deviceOf(sends(mark), ' ada@example.org', secret)
  expect(device).toMatch(/^[\w-]{22}$/)
  expect(deviceOf(sends(deviceMark('ada@example.org', secret)), 'ada@example.org', secret)).not.toBe(device)
})

it('believes nobody else’s mark, none of another house, none that was changed, and none at all', () => {
  const mark = deviceMark('ada', secret)
  expect(deviceOf(sends(mark), 'grace', secret)).toBeNull()
  expect(deviceOf(sends(mark), 'ada', `another ${secret}`)).toBeNull()
  const other = deviceMark('ada', secret)
  expect(deviceOf(sends(`${other.slice(0, 22)}${mark.slice(22)}`), 'ada', secret)).toBeNull()
  expect(deviceOf(sends('nothing'), 'ada', secret)).toBeNull()
  expect(deviceOf(new Headers(), 'ada', secret)).toBeNull()
})
