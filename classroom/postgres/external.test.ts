import { expect, test } from 'vitest'
import { testDatabase } from '../testing/server.ts'
import { checkExternal } from './external.ts'

const changed = (url: string, change: (url: URL) => void) => {
  const copy = new URL(url)
  change(copy)
  return copy.href
}

test('a server of somebody else is used as it is, and left alone', async () => {
  await using database = await testDatabase()
  const external = await checkExternal(database.url)
  expect(external.url).toBe(database.url)
  await external.stop()
  await checkExternal(database.url)
})

test.each(['mysql://h/db', 'postgresql://h', 'no address', 'postgresql://h/db?schema=mine'])(
  '%s is no DATABASE_URL',
  async (url) => {
    await expect(checkExternal(url)).rejects.toMatchObject({ problem: { code: 'bad-database-url' } })
  },
)

test('what is wrong with it is said with the way to mend it, and never with the password', async () => {
  await using database = await testDatabase()
  const wrong: [string, RegExp][] = [
    [changed(database.url, (url) => (url.password = 'a-wrong-secret')), /User or password are wrong/],
    [changed(database.url, (url) => (url.pathname = '/nowhere')), /createdb/],
    [changed(database.url, (url) => (url.port = '1')), /Nothing listens there/],
    [changed(database.url, (url) => (url.hostname = 'no-such-host.invalid')), /no such host|DATABASE_URL/],
  ]
  for (const [url, remedy] of wrong) {
    const refused = checkExternal(url, 0)
    await expect(refused).rejects.toMatchObject({
      problem: { code: 'database-unreachable', remedy: expect.stringMatching(remedy) },
    })
    await expect(refused).rejects.not.toThrow(new URL(url).password)
  }
})
