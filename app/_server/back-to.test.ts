/** Who follows a link and has to sign in comes to what the link is for, and to no other site. */
import { expect, it } from 'vitest'
import { askedPath, pathOf, readPath, withPath } from './back-to.ts'

it('takes a path of this site along, with its query', () => {
  const asked = askedPath(new URL('http://localhost/cohorts/a/look?q=x%20y&_rsc=1abc&note=12345678'))
  expect(asked).toBe('/cohorts/a/look?q=x+y')
  const address = withPath('/signin', asked)
  expect(address).toBe('/signin?to=%2Fcohorts%2Fa%2Flook%3Fq%3Dx%2By')
  expect(pathOf(new Request(`http://localhost${address}`))).toBe(asked)
  expect(withPath('/signin?note=1', '/check')).toBe('/signin?note=1&to=%2Fcheck')
  expect(withPath('/signin', '/')).toBe('/signin')
  expect(withPath('/signin', null)).toBe('/signin')
})

it('takes no other site along, however it is written', () => {
  const elsewhere = [
    ...['https://evil.example', 'evil.example', '//evil.example', '/\\evil.example', '\\\\evil.example'],
    ...['/\t/evil.example', '/\n/evil.example', ' //evil.example', '/a\r\nset-cookie: a=b', ''],
    ...[`/${'a'.repeat(1_000)}`, undefined, null, ['/a']],
  ]
  for (const text of elsewhere) expect(readPath(text)).toBeNull()
  expect(readPath('/check')).toBe('/check')
})
