/** Nobody's request takes the memory of the one process that everybody works in. */
import { expect, it } from 'vitest'
import { body } from './answer.ts'

const address = 'http://localhost/api/device'
const sent = (text: string, headers: Record<string, string>) =>
  new Request(address, { method: 'POST', body: text, headers })
const json = (characters: number) => JSON.stringify({ text: 'x'.repeat(characters) })

it('reads a body of the size that the longest form of ours has', async () => {
  const text = json(200 * 1024)
  expect(await body(sent(text, { 'content-length': String(text.length) }))).toEqual(JSON.parse(text))
})

it('refuses a larger one, and one that does not say how large it is, without reading them', async () => {
  const large = json(300 * 1024)
  for (const headers of [{ 'content-length': String(large.length) }, {}, { 'content-length': 'much' }]) {
    const request = sent(large, headers as Record<string, string>)
    await expect(body(request)).rejects.toMatchObject({ status: 413, problem: { code: 'too-large' } })
    expect(request.bodyUsed).toBe(false)
  }
})

it('says of what is no JSON that it was not understood', async () => {
  await expect(body(sent('{', { 'content-length': '1' }))).rejects.toMatchObject({ status: 400 })
})
